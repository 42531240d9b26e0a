/*
 * Splits a command line into words as Python's shlex.split does, which the AWS
 * SDKs apply to credential_process and to section names: by the shell's rules
 * for blanks, quotes and backslashes, without any of its other syntax.
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
	char **list; /* NULL-terminated, for exec */
	size_t count;
	char *text; /* the words point into it */
	size_t size;
};

/*
 * Fails with ERR_INPUT if a quote is not closed or a backslash ends the text.
 * No message shows the text, which may be secret. Release the words even after
 * a failure; that wipes them.
 */
int shell_words_split(
	struct shell_words *words, const char *text, struct err *err);
void shell_words_release(struct shell_words *words);

#endif
