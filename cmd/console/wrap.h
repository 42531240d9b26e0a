/* Text in lines of a terminal's width, on standard output. */
#ifndef CMD_CONSOLE_WRAP_H
#define CMD_CONSOLE_WRAP_H

enum {
	WRAP_WIDTH = 79, /* columns; a word that is longer has its own line */
};

/* A paragraph, broken at spaces, each line behind `indent` columns. */
void wrap_print(const char *text, int indent);

/* The same where the caller has brought the first line to that column. */
void wrap_rest(const char *text, int indent);

/* wrap_rest, with `end` behind each line that goes on in the next. */
void wrap_lines(const char *text, int indent, const char *end);

#endif
