/* How Python's str counts characters and recognizes white space. */
#ifndef CMD_AWSCLI_PYTHON_TEXT_H
#define CMD_AWSCLI_PYTHON_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* The characters in `len` bytes; a byte that is not UTF-8 counts as one. */
size_t python_text_length(const char *text, size_t len);

/* str.isspace() of an ASCII character. */
bool python_is_space(char c);

/*
 * The length in bytes of the white space character, from all of Unicode, that
 * the text begins with; 0 if it begins with something else.
 */
size_t python_space_length(const char *text, size_t len);

#endif
