/* Finds the known word that is closest to a typed one. */
#include "base/closest.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

void
closest_init(struct closest *closest, const char *word, size_t len)
{
	*closest = (struct closest){.word = word, .len = len};
	/* too short to tell a slip from another word, even for one edit */
	closest->distance = len < 2 ? 0 : (len < 3 ? 3 : len) / 3 + 1;
}

/* Is it the same letter, whatever its case? */
static bool
is_same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static size_t
smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Optimal string alignment, with the last three rows of its table. */
static size_t
distance_of(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t rows[3][CLOSEST_MAX + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2], *spare;
	size_t i, j;

	for (j = 0; j <= b_len; j++)
		row[j] = j;
	for (i = 1; i <= a_len; i++) {
		spare = before;
		before = above;
		above = row;
		row = spare;
		row[0] = i;
		for (j = 1; j <= b_len; j++) {
			row[j] = smaller(smaller(row[j - 1], above[j]) + 1,
				above[j - 1] + !is_same(a[i - 1], b[j - 1]));
			if (i > 1 && j > 1 && is_same(a[i - 1], b[j - 2]) &&
				is_same(a[i - 2], b[j - 1]))
				row[j] = smaller(row[j], before[j - 2] + 1);
		}
	}
	return row[b_len];
}

/* Has it been shortened? Dashes alone are the beginning of every option. */
static bool
begins(const struct closest *closest, const char *known, size_t len)
{
	return closest->len < len &&
	       strspn(closest->word, "-") < closest->len &&
	       memcmp(closest->word, known, closest->len) == 0;
}

void
closest_offer(struct closest *closest, const char *known)
{
	size_t len = strlen(known), distance;

	if (closest->distance == 0 || closest->len > CLOSEST_MAX ||
		len > CLOSEST_MAX)
		return;
	distance =
		begins(closest, known, len)
			? 1
			: distance_of(closest->word, closest->len, known, len);
	if (distance >= closest->distance)
		return;
	closest->distance = distance;
	closest->found = known;
}
