/*
 * The items of a plan for programs that read lines, like xargs, `aws cloudfront
 * create-invalidation --paths`, or an action that takes a file of paths.
 */
#ifndef CMD_CONSOLE_ITEM_LINES_H
#define CMD_CONSOLE_ITEM_LINES_H

#include "diff/plan.h"

/*
 * Print each item, in the plan's order, and a newline; nothing for an empty
 * plan. Items are percent-encoded (diff/url.h): they begin with a slash and
 * contain neither white space, control characters, quotes nor backslashes, so a
 * line is an item, and xargs takes it as it is. The caller checks standard
 * output with output_finish.
 */
void item_lines_print(const struct plan *plan);

#endif
