/* Which of several words is close to one, as Python's difflib finds them. */
#ifndef CMD_AWSCLI_CLOSE_MATCHES_H
#define CMD_AWSCLI_CLOSE_MATCHES_H

#include <stddef.h>

enum {
	CLOSE_MATCHES_MAX = 3, /* so many are named */
	CLOSE_WORD_MAX =
		199, /* bytes; difflib compares longer ones otherwise */
};

/*
 * difflib.get_close_matches(word, words, cutoff=0.8): the closest comes first,
 * and of two that are equally close the one that is later in order. A word that
 * is longer than CLOSE_WORD_MAX is close to none. Returns their number.
 */
size_t close_matches(const char *out[CLOSE_MATCHES_MAX], const char *word,
	const char *const *words, size_t count);

#endif
