/* Finds close matches by the longest parts that two words share. */
#include "cmd/awscli/close_matches.h"

#include <string.h>

/*
 * How many bytes of two words are in parts that both share: in the longest one,
 * the first of several, and in those on either side of it. The recursion is as
 * deep as a word is long at most.
 */
static size_t
count_shared(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t i, j, n, best = 0, at_a = 0, at_b = 0;

	for (i = 0; i < a_len; i++)
		for (j = 0; j < b_len; j++) {
			n = 0;
			while (i + n < a_len && j + n < b_len &&
				a[i + n] == b[j + n])
				n++;
			if (n > best) {
				best = n;
				at_a = i;
				at_b = j;
			}
		}
	if (best == 0)
		return 0;
	return best + count_shared(a, at_a, b, at_b) +
	       count_shared(a + at_a + best, a_len - at_a - best,
		       b + at_b + best, b_len - at_b - best);
}

/* SequenceMatcher.ratio(), from 0 to 1. */
static double
likeness(const char *a, const char *b)
{
	size_t a_len = strlen(a), b_len = strlen(b);

	if (a_len + b_len == 0)
		return 1;
	return 2.0 * (double)count_shared(a, a_len, b, b_len) /
	       (double)(a_len + b_len);
}

size_t
close_matches(const char *out[CLOSE_MATCHES_MAX], const char *word,
	const char *const *words, size_t count)
{
	double ratios[CLOSE_MATCHES_MAX + 1], ratio;
	size_t found = 0, i, at;

	if (strlen(word) > CLOSE_WORD_MAX)
		return 0;
	for (i = 0; i < count; i++) {
		ratio = likeness(words[i], word);
		if (ratio < 0.8)
			continue;
		for (at = found; at > 0; at--) {
			if (ratio < ratios[at - 1] ||
				(ratio == ratios[at - 1] &&
					strcmp(words[i], out[at - 1]) < 0))
				break;
			if (at < CLOSE_MATCHES_MAX) {
				ratios[at] = ratios[at - 1];
				out[at] = out[at - 1];
			}
		}
		if (at == CLOSE_MATCHES_MAX)
			continue;
		ratios[at] = ratio;
		out[at] = words[i];
		found += found < CLOSE_MATCHES_MAX;
	}
	return found;
}
