/* How wide the AWS CLI takes a text to be in a table. */
#ifndef CMD_AWSCLI_PYTHON_WIDTH_H
#define CMD_AWSCLI_PYTHON_WIDTH_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The columns of a text: two for each character that Unicode calls wide,
 * full-width or ambiguous (such as U+00E9), one for any other.
 */
long python_width(const char *text, size_t len);

#endif
