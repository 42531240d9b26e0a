/*
 * The tokens of a JMESPath expression, and the errors that point at one, which
 * are those of jmespath.py 1.0: the AWS CLI prints them.
 */
#ifndef CMD_AWSCLI_JMESPATH_TOKEN_H
#define CMD_AWSCLI_JMESPATH_TOKEN_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

enum jmespath_token_type {
	TOKEN_EOF,
	TOKEN_DOT,
	TOKEN_STAR,
	TOKEN_RBRACKET,
	TOKEN_COMMA,
	TOKEN_COLON,
	TOKEN_CURRENT, /* @ */
	TOKEN_LPAREN,
	TOKEN_RPAREN,
	TOKEN_LBRACE,
	TOKEN_RBRACE,
	TOKEN_NAME,
	TOKEN_QUOTED_NAME,
	TOKEN_FLATTEN, /* [] */
	TOKEN_FILTER, /* [? */
	TOKEN_LBRACKET,
	TOKEN_LITERAL, /* 'raw' or `JSON` */
	TOKEN_NUMBER,
	TOKEN_OR,
	TOKEN_PIPE,
	TOKEN_AND,
	TOKEN_REFERENCE, /* & */
	TOKEN_LE,
	TOKEN_LT,
	TOKEN_GE,
	TOKEN_GT,
	TOKEN_NE,
	TOKEN_NOT,
	TOKEN_EQ,
	TOKEN_TYPES, /* their number */
};

struct jmespath_token {
	enum jmespath_token_type type;
	const char *start; /* in the expression */
	const struct value *value; /* a name, literal, number; else its text */
	struct jmespath_token *previous, *next;
};

/* What the steps from the text to the tree have in common. */
struct jmespath_source {
	const char *text; /* a C string that outlives what is made of it */
	struct arena *arena; /* of everything that is made of it */
	struct fault *fault;
};

/* The name of a type in messages: "unquoted_identifier". */
const char *jmespath_token_name(enum jmespath_token_type type);

/*
 * Append to a fault that says what is wrong where that is, at a token, and the
 * expression with a mark below it. Returns NULL.
 */
void *jmespath_token_fault(const struct jmespath_source *source,
	const struct jmespath_token *token);

/* Set the fault of an expression that ends too early. Returns NULL. */
void *jmespath_token_fault_end(const struct jmespath_source *source);

/*
 * Set the fault of what is no token: `what` is wrong, at `at`. Returns NULL.
 */
void *jmespath_token_fault_bad(
	const struct jmespath_source *source, const char *what, const char *at);

#endif
