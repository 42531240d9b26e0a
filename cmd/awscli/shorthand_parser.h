/* The grammar of cmd/awscli/shorthand.h, without shapes and messages. */
#ifndef CMD_AWSCLI_SHORTHAND_PARSER_H
#define CMD_AWSCLI_SHORTHAND_PARSER_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

/* The caller sets the first group; the rest is zero. */
struct shorthand_parser {
	struct arena *arena;
	const char *text, *end;
	const char *at; /* the next character: `text` at first */
	struct fault *fault; /* for a file that cannot be read */

	int depth;
	bool reads_files; /* after @= */

	/* the syntax error, if there was one */
	const char *expected;
	const char *found; /* NULL for the character at `error_at`, or EOF */
	const char *error_at;
	const char *duplicate_key;
	bool too_deep;
	bool unreadable; /* a file; the fault is set */
};

/*
 * Parse the whole text into a dict. Returns NULL on failure: the parser then
 * describes the error, or describes none if memory ran out.
 */
struct value *shorthand_parse(struct shorthand_parser *parser);

#endif
