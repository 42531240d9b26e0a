/*
 * Splits a command line into words as Python's shlex.split does, and so as the
 * AWS SDKs split a credential_process and the names of sections: by the
 * shell's rules for blanks, quotes and backslashes, and by none of its others.
 *
 *   'a b'   the bytes between the quotes
 *   "a b"   the same, but \" is " and \\ is \
 *   \c      the character c itself
 */
#ifndef BASE_SHELL_WORDS_H
#define BASE_SHELL_WORDS_H

#include <stddef.h>

#include "base/err.h"

struct shell_words {
	char **list; /* ended by NULL, as exec wants it */
	size_t count;
	char *text; /* what they point into */
	size_t size;
};

/*
 * ERR_INPUT for a quote that is not closed and a backslash with nothing behind
 * it; the text itself, which may hold secrets, is in no message. Release also
 * on failure: it wipes the words.
 */
int shell_words_split(
	struct shell_words *words, const char *text, struct err *err);
void shell_words_release(struct shell_words *words);

#endif
