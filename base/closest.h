/*
 * The known word that is closest to one that somebody typed, for "did you
 * mean".
 *
 * The distance is that of optimal string alignment (Damerau-Levenshtein
 * without a second edit of the same place): the insertions, deletions,
 * replacements and swaps of neighbours that turn one word into the other,
 * counted in bytes, without regard to the case of ASCII letters. A word is close if it is at most a third of the typed
 * word's length away, as rustc has it, or if the typed word is its beginning.
 *
 * Calling sequence: closest_init, closest_offer for each known word, then read
 * `found`.
 */
#ifndef BASE_CLOSEST_H
#define BASE_CLOSEST_H

#include <stddef.h>

enum {
	/* Bytes of a word that is compared; no command or option has more. */
	CLOSEST_MAX = 64,
};

struct closest {
	const char *word; /* what was typed; borrowed */
	size_t len;
	const char *found; /* of the words offered; NULL if none is close */
	size_t distance; /* of `found`, or more than is close */
};

void closest_init(struct closest *closest, const char *word, size_t len);

/* Of several at the same distance, the one offered first is kept. */
void closest_offer(struct closest *closest, const char *known);

#endif
