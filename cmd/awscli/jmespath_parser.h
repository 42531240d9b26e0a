/*
 * Parses a JMESPath expression as jmespath.py 1.0 does: by the precedence of
 * operators (Vaughan Pratt's method). What that accepts beyond the grammar of
 * https://jmespath.org is accepted too, and its errors are the same.
 */
#ifndef CMD_AWSCLI_JMESPATH_PARSER_H
#define CMD_AWSCLI_JMESPATH_PARSER_H

#include "cmd/awscli/jmespath_node.h"
#include "cmd/awscli/jmespath_token.h"

/*
 * Returns the tree of an expression, or NULL with AWSCLI_PARAM_ERROR; that of
 * one which is nested deeper than JMESPATH_DEPTH_MAX says so.
 */
struct jmespath_node *jmespath_parser_parse(
	const struct jmespath_source *source);

#endif
