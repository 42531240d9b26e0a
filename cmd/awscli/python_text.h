/* How Python's str counts characters and recognizes white space. */
#ifndef CMD_AWSCLI_PYTHON_TEXT_H
#define CMD_AWSCLI_PYTHON_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * The length in bytes of the character that a text which is not empty begins
 * with, and its code point: that of a byte which is not UTF-8 is the surrogate
 * U+DC80 to U+DCFF that Python decodes it to. Surrogates are encoded like other
 * characters, in three bytes: json.h makes them of \ud800.
 */
size_t python_text_next(const char *text, size_t len, uint32_t *code_point);

/* Append a code point; a surrogate is encoded like other characters. */
void python_text_add(struct buf *out, uint32_t code_point);

/* Python's order of two texts: by code points. Less than 0, 0 or more. */
int python_text_compare(
	const char *left, size_t left_len, const char *right, size_t right_len);

/* The characters in `len` bytes, each as above. */
size_t python_text_length(const char *text, size_t len);

/* str.isspace() of an ASCII character. */
bool python_is_space(char c);

/*
 * The length in bytes of the white space character, from all of Unicode, that
 * the text begins with; 0 if it begins with something else.
 */
size_t python_space_length(const char *text, size_t len);

#endif
