/*
 * Names and texts in Markdown, in which nothing is taken for its syntax, and no
 * name for a command of a CI system. If memory is short, the buffer has failed.
 */
#ifndef CMD_REPORT_MARKDOWN_TEXT_H
#define CMD_REPORT_MARKDOWN_TEXT_H

#include "base/buf.h"

/*
 * Add a code span in a cell of a table, with an ellipsis in the middle of a long
 * name. Everything in it is literal, except for a run of as many backticks as it
 * began with, which ends the span, and a |, which ends the cell. A backslash in
 * the name is shown escaped, so it escapes nothing here.
 */
void markdown_add_code(struct buf *out, const char *name, size_t len);

/*
 * Add a text in a fenced block, but nothing if it is empty. Its newlines begin
 * new lines.
 */
void markdown_add_fenced(struct buf *out, const char *text, size_t len);

#endif
