/* Python's str.upper(). */
#ifndef CMD_AWSCLI_PYTHON_UPPER_H
#define CMD_AWSCLI_PYTHON_UPPER_H

#include "base/buf.h"

/* Append a text in capitals, in all of Unicode's scripts. */
void python_upper(struct buf *out, const char *text, size_t len);

#endif
