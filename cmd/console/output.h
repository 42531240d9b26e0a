/*
 * Standard output: results, the same bytes for the same inputs. Messages go to
 * standard error (cmd/console/log.h). Every write is checked.
 */
#ifndef CMD_CONSOLE_OUTPUT_H
#define CMD_CONSOLE_OUTPUT_H

#include <stddef.h>

#include "base/err.h"

/* Write bytes. It is an emit_fn of base/emit.h; `unused` is ignored. */
int output_emit(void *unused, const void *bytes, size_t len, struct err *err);

/* Flush, and check all writes so far, even printf's. ERR_SYSTEM if one failed. */
int output_finish(struct err *err);

#endif
