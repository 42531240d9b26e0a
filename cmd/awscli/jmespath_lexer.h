/* Splits a JMESPath expression into tokens. */
#ifndef CMD_AWSCLI_JMESPATH_LEXER_H
#define CMD_AWSCLI_JMESPATH_LEXER_H

#include "cmd/awscli/jmespath_token.h"

/*
 * Split an expression into tokens; the last is a TOKEN_EOF. Returns NULL, with
 * AWSCLI_PARAM_ERROR, if it is empty or has something that is no token.
 */
struct jmespath_token *jmespath_lexer_split(
	const struct jmespath_source *source);

#endif
