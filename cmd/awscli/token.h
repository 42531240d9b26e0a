/* Where a list goes on. */
#ifndef CMD_AWSCLI_TOKEN_H
#define CMD_AWSCLI_TOKEN_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

struct token {
	struct value *keys; /* a dict: Marker, a string or null */
	long long skip; /* items of the page that were shown before */
	bool bad_skip; /* it is no number: Python notices with the page */
};

/* AWS_FAILED where it is none. */
int token_read(struct token *token, struct arena *arena,
	const struct value *text, struct fault *fault);

/* NULL where there is no memory. */
struct value *token_write(struct arena *arena, const struct value *marker,
	bool cut, long long skip);

#endif
