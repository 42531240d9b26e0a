/* Prints text on standard output, in lines of a terminal's width. */
#ifndef CMD_CONSOLE_WRAP_H
#define CMD_CONSOLE_WRAP_H

enum {
	WRAP_WIDTH = 79, /* columns; a longer word gets a line of its own */
};

/* Print a paragraph, broken at spaces, with each line indented. */
void wrap_print(const char *text, int indent);

/* The same, if the caller has already printed `indent` columns. */
void wrap_rest(const char *text, int indent);

/* wrap_rest, with `end` at the end of every line but the last. */
void wrap_lines(const char *text, int indent, const char *end);

#endif
