/* Splits an expression into tokens. */
#include "cmd/awscli/jmespath_lexer.h"

#include <string.h>

#include "base/utf8.h"
#include "cmd/awscli/json.h"
#include "cmd/awscli/python_int.h"
#include "cmd/awscli/python_text.h"

struct jmespath_lexer {
	const struct jmespath_source *source;
	const char *at;
	struct jmespath_token *first, *last;
};

static int
add_token(struct jmespath_lexer *l, enum jmespath_token_type type,
	const char *start, const struct value *value)
{
	struct jmespath_token *token =
		arena_alloc(l->source->arena, sizeof(*token));

	if (!token || !value)
		return fault_no_memory(l->source->fault);
	*token = (struct jmespath_token){
		.type = type,
		.start = start,
		.value = value,
		.previous = l->last,
	};
	if (l->last)
		l->last->next = token;
	else
		l->first = token;
	l->last = token;
	return 0;
}

/* Take a token of `len` characters whose value is its text. */
static int
take_text(struct jmespath_lexer *l, enum jmespath_token_type type, size_t len)
{
	const char *start = l->at;

	l->at += len;
	return add_token(l, type, start,
		value_new_text(l->source->arena, VALUE_STRING, start, len));
}

static int
fail_at(const struct jmespath_lexer *l, const char *what, const char *at)
{
	if (l->source->fault->status != AWSCLI_OK)
		return -1; /* already out of memory */
	jmespath_token_fault_bad(l->source, what, at);
	return -1;
}

/* "Unknown token" and `len` bytes of it, after a quote if there is one. */
static int
fail_unknown(const struct jmespath_lexer *l, const char *quote, size_t len)
{
	struct buf what;

	buf_init(&what, 64);
	buf_addf(
		&what, "Unknown token %s%.*s%s", quote, (int)len, l->at, quote);
	fail_at(l, buf_shown(&what), l->at);
	buf_release(&what);
	return -1;
}

/*
 * Go from an opening delimiter to behind the next one without a backslash.
 * `text` gets what is between them, where a backslash before the delimiter is
 * left out if `unescape` is true.
 */
static int
take_delimited(struct jmespath_lexer *l, bool unescape, struct buf *text)
{
	const char *start = l->at, delimiter = *start;
	char what[] = "Unclosed ? delimiter";

	for (l->at++; *l->at && *l->at != delimiter; l->at++) {
		if (*l->at == '\\') {
			if (!unescape || l->at[1] != delimiter)
				buf_addch(text, '\\');
			l->at++;
			if (!*l->at)
				break;
		}
		buf_addch(text, *l->at);
	}
	if (!*l->at) {
		*strchr(what, '?') = delimiter;
		return fail_at(l, what, start);
	}
	l->at++;
	return text->failed ? fault_no_memory(l->source->fault) : 0;
}

/* Read a text as JSON, or say in `problem` why it isn't. */
static const struct value *
read_json(const struct jmespath_lexer *l, const struct buf *text,
	struct buf *problem)
{
	char *own = arena_copy(l->source->arena, buf_str(text), text->len);
	const struct value *value = NULL;

	if (own)
		value = json_read(
			l->source->arena, own, text->len, false, problem);
	if (!own || problem->failed) {
		fault_no_memory(l->source->fault);
		return NULL;
	}
	if (!value && json_is_limit(problem))
		fault_set(l->source->fault, AWSCLI_PARAM_ERROR, "%s",
			buf_str(problem));
	return value;
}

static int
take_raw_string(struct jmespath_lexer *l, struct buf *text)
{
	const char *start = l->at;

	if (take_delimited(l, true, text) != 0)
		return -1;
	return add_token(l, TOKEN_LITERAL, start,
		value_new_text(l->source->arena, VALUE_STRING, buf_str(text),
			text->len));
}

/* "a name", a string of JSON. */
static int
take_quoted_name(struct jmespath_lexer *l, struct buf *text)
{
	const char *start = l->at;
	const struct value *value;
	struct buf problem;
	int rc = -1;

	buf_init(&problem, 1024);
	buf_addch(text, '"');
	if (take_delimited(l, false, text) != 0)
		goto out;
	buf_addch(text, '"');
	value = text->failed ? NULL : read_json(l, text, &problem);
	if (value)
		rc = add_token(l, TOKEN_QUOTED_NAME, start, value);
	else if (text->failed)
		rc = fault_no_memory(l->source->fault);
	else {
		buf_cut(&problem, strcspn(buf_str(&problem), ":"));
		rc = fail_at(l, buf_str(&problem), start);
	}
out:
	buf_release(&problem);
	return rc;
}

/* Not JSON: what JMESPath once took as a string without quotes. */
static const struct value *
read_bare_string(const struct jmespath_lexer *l, const struct buf *text)
{
	const char *bare = buf_str(text);
	size_t len = text->len, n;
	const struct value *value = NULL;
	struct buf quoted, problem;

	buf_init(&quoted, len + 2);
	buf_init(&problem, 1024);
	while ((n = python_space_length(bare, len)) > 0) {
		bare += n;
		len -= n;
	}
	buf_addch(&quoted, '"');
	buf_add(&quoted, bare, len);
	buf_addch(&quoted, '"');
	if (quoted.failed)
		fault_no_memory(l->source->fault);
	else
		value = read_json(l, &quoted, &problem);
	buf_release(&quoted);
	buf_release(&problem);
	return value;
}

static int
fail_literal(const struct jmespath_lexer *l, const struct buf *text,
	const char *start)
{
	struct buf what;

	buf_init(&what, text->len + 64);
	buf_addstr(&what, "Bad token ");
	buf_append(&what, text);
	fail_at(l, buf_shown(&what), start);
	buf_release(&what);
	return -1;
}

/* `JSON` */
static int
take_literal(struct jmespath_lexer *l, struct buf *text)
{
	const char *start = l->at;
	const struct value *value;
	struct buf problem;

	if (take_delimited(l, true, text) != 0)
		return -1;
	buf_init(&problem, 1024);
	value = read_json(l, text, &problem);
	buf_release(&problem);
	if (!value && l->source->fault->status == AWSCLI_OK)
		value = read_bare_string(l, text);
	return value ? add_token(l, TOKEN_LITERAL, start, value)
		     : fail_literal(l, text, start);
}

static int
take_number(struct jmespath_lexer *l)
{
	const char *start = l->at, *digits = start + (*start == '-');
	size_t count = strspn(digits, "0123456789");
	size_t len = (size_t)(digits - start) + count;

	if (count == 0)
		return fail_unknown(l, "'", 1);
	if (count > PYTHON_INT_DIGITS_MAX) {
		fault_set(l->source->fault, AWSCLI_PARAM_ERROR, " ");
		buf_clear(&l->source->fault->text);
		python_int_add_too_long(&l->source->fault->text, count);
		return -1;
	}
	l->at += len;
	return add_token(l, TOKEN_NUMBER, start,
		value_parse_int(l->source->arena, start, len));
}

static int
take_quoted(struct jmespath_lexer *l)
{
	struct buf text;
	int rc;

	buf_init(&text, strlen(l->at) + 2);
	if (*l->at == '"')
		rc = take_quoted_name(l, &text);
	else if (*l->at == '\'')
		rc = take_raw_string(l, &text);
	else
		rc = take_literal(l, &text);
	buf_release(&text);
	return rc;
}

/* Take a token of one or two characters; 1 if there is none. */
static int
take_sign(struct jmespath_lexer *l)
{
	static const struct {
		const char *text; /* longer ones first */
		enum jmespath_token_type type;
	} signs[] = {
		{"[]", TOKEN_FLATTEN},
		{"[?", TOKEN_FILTER},
		{"[", TOKEN_LBRACKET},
		{"||", TOKEN_OR},
		{"|", TOKEN_PIPE},
		{"&&", TOKEN_AND},
		{"&", TOKEN_REFERENCE},
		{"<=", TOKEN_LE},
		{"<", TOKEN_LT},
		{">=", TOKEN_GE},
		{">", TOKEN_GT},
		{"!=", TOKEN_NE},
		{"!", TOKEN_NOT},
		{"==", TOKEN_EQ},
		{".", TOKEN_DOT},
		{"*", TOKEN_STAR},
		{"]", TOKEN_RBRACKET},
		{",", TOKEN_COMMA},
		{":", TOKEN_COLON},
		{"@", TOKEN_CURRENT},
		{"(", TOKEN_LPAREN},
		{")", TOKEN_RPAREN},
		{"{", TOKEN_LBRACE},
		{"}", TOKEN_RBRACE},
	};
	size_t i, len;

	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		len = strlen(signs[i].text);
		if (strncmp(l->at, signs[i].text, len) == 0)
			return take_text(l, signs[i].type, len);
	}
	return 1;
}

static int
take_token(struct jmespath_lexer *l)
{
	static const char name[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
	size_t len = 0;
	int rc;

	if (*l->at == '-' || (*l->at >= '0' && *l->at <= '9'))
		return take_number(l);
	/* strspn would look at all that follows, if strings are checked */
	while (l->at[len] && strchr(name, l->at[len]))
		len++;
	if (len > 0)
		return take_text(l, TOKEN_NAME, len);
	if (strchr("\"'`", *l->at))
		return take_quoted(l);
	rc = take_sign(l);
	if (rc != 1)
		return rc;
	if (*l->at == '=')
		return fail_unknown(l, "'", 1);
	len = utf8_length(l->at, strlen(l->at));
	return fail_unknown(l, "", len ? len : 1);
}

struct jmespath_token *
jmespath_lexer_split(const struct jmespath_source *source)
{
	struct jmespath_lexer l = {.source = source, .at = source->text};

	if (!*source->text) {
		fault_set(source->fault, AWSCLI_PARAM_ERROR,
			"Invalid JMESPath expression: cannot be empty.");
		return NULL;
	}
	while (*l.at) {
		if (strchr(" \t\n\r", *l.at))
			l.at++;
		else if (take_token(&l) != 0)
			return NULL;
	}
	return take_text(&l, TOKEN_EOF, 0) == 0 ? l.first : NULL;
}
