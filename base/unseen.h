/*
 * Characters that a reader doesn't see, or that change what they see of others:
 * controls, and Unicode's spaces, joiners, selectors, marks of direction and
 * the like. In a name they are written \xNN wherever a person reads it.
 */
#ifndef BASE_UNSEEN_H
#define BASE_UNSEEN_H

#include <stddef.h>

/*
 * The length of such a character, in well-formed UTF-8, at `bytes`; 0 for any
 * other, and for what is not UTF-8. A space (0x20) is seen.
 */
size_t unseen_length(const char *bytes, size_t len);

#endif
