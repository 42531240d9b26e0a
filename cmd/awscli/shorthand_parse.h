/* The grammar of cmd/awscli/shorthand.h alone. */
#ifndef CMD_AWSCLI_SHORTHAND_PARSE_H
#define CMD_AWSCLI_SHORTHAND_PARSE_H

#include "cmd/awscli/value.h"

struct shorthand_reader {
	struct arena *arena;
	const char *text, *end;
	const char *at;
	int depth;

	/* What was expected and found in its place, and where that is. */
	const char *expected;
	const char *found; /* NULL: what stands there, or EOF */
	const char *where;
	const char *twice; /* a key that stands twice */
	size_t twice_len;
	bool too_deep;
};

/*
 * Parse text to end from `at`, its start. NULL where that is wrong, and the
 * reader then tells what and where; where it tells nothing there is no memory.
 */
struct value *shorthand_parse(struct shorthand_reader *reader);

#endif
