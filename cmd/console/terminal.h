/* What the terminal on standard error can do, and that on standard output. */
#ifndef CMD_CONSOLE_TERMINAL_H
#define CMD_CONSOLE_TERMINAL_H

#include <stdbool.h>

/*
 * Should text be coloured? If there is a terminal that can rewrite a line, or if
 * CLICOLOR_FORCE asks for it; never with NO_COLOR. https://no-color.org,
 * https://bixense.com/clicolors
 */
bool terminal_has_colours(void);

/*
 * Its width: what the terminal says, COLUMNS, or 80. 0 if there is no terminal
 * that can rewrite a line: TERM must be set, but not dumb.
 */
int terminal_columns(void);

/* Does standard output lead to a terminal? */
bool terminal_takes_output(void);

/*
 * Its width as it says, which may be 0; 80 if there is no terminal. For output
 * that is the AWS CLI's: see output_format.h.
 */
int terminal_output_columns(void);

#endif
