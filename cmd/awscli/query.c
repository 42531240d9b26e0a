/* Parses and applies a query. */
#include "cmd/awscli/query.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/awscli/json.h"
#include "cmd/awscli/python_text.h"

struct query_parser {
	struct query *query;
	struct arena *arena;
	const char *text, *at;
	struct fault *fault;
};

static int
fail_syntax(const struct query_parser *r)
{
	size_t column = python_text_length(r->text, (size_t)(r->at - r->text));

	if (!*r->text)
		return fault_set(r->fault, AWSCLI_PARAM_ERROR,
			"Bad value for --query : Invalid JMESPath expression: "
			"cannot be empty.");
	return fault_set(r->fault, AWSCLI_PARAM_ERROR,
		"Bad value for --query %s: column %zu: edgediff supports the "
		"paths of JMESPath: names and \"names\", [n], [], [*], *, @, "
		"joined by . and |",
		r->text, column);
}

static void
skip_blanks(struct query_parser *r)
{
	while (*r->at && strchr(" \t\r\n", *r->at))
		r->at++;
}

static int
add_step(struct query_parser *r, enum query_kind kind, const struct value *name,
	long index)
{
	struct query *query = r->query;

	if (query->count == QUERY_STEPS_MAX)
		return fail_syntax(r);
	query->steps[query->count++] = (struct query_step){kind, name, index};
	return 0;
}

/* "a name", a JSON string. */
static int
quoted_name(struct query_parser *r)
{
	const char *start = r->at++;
	const struct value *name;
	struct buf problem;

	while (*r->at && *r->at != '"')
		r->at += r->at[0] == '\\' && r->at[1] ? 2 : 1;
	if (!*r->at)
		return fail_syntax(r);
	r->at++;
	buf_init(&problem, 256);
	name = json_read(
		r->arena, start, (size_t)(r->at - start), false, &problem);
	buf_release(&problem);
	return name ? add_step(r, QUERY_FIELD, name, 0) : fail_syntax(r);
}

static int
plain_name(struct query_parser *r)
{
	const char *start = r->at;
	const struct value *name;

	while (isalnum((unsigned char)*r->at) || *r->at == '_')
		r->at++;
	if (isdigit((unsigned char)*start) || r->at == start)
		return fail_syntax(r);
	name = value_new_text(
		r->arena, VALUE_STRING, start, (size_t)(r->at - start));
	return name ? add_step(r, QUERY_FIELD, name, 0)
		    : fault_no_memory(r->fault);
}

/* At the opening bracket. */
static int
brackets(struct query_parser *r)
{
	char *end;
	long index;

	r->at++;
	if (*r->at == ']') {
		r->at++;
		return add_step(r, QUERY_FLATTEN, NULL, 0);
	}
	skip_blanks(r);
	if (*r->at == '*') {
		r->at++;
		skip_blanks(r);
		if (*r->at != ']')
			return fail_syntax(r);
		r->at++;
		return add_step(r, QUERY_ELEMENTS, NULL, 0);
	}
	if (!isdigit((unsigned char)*r->at) &&
		!(*r->at == '-' && isdigit((unsigned char)r->at[1])))
		return fail_syntax(r);
	index = strtol(r->at, &end, 10);
	r->at = end;
	skip_blanks(r);
	if (*r->at != ']')
		return fail_syntax(r);
	r->at++;
	return add_step(r, QUERY_INDEX, NULL, index);
}

static int
member(struct query_parser *r)
{
	skip_blanks(r);
	if (*r->at == '"')
		return quoted_name(r);
	if (*r->at != '*')
		return plain_name(r);
	r->at++;
	return add_step(r, QUERY_MEMBERS, NULL, 0);
}

static int
first_step(struct query_parser *r)
{
	skip_blanks(r);
	if (*r->at == '[')
		return brackets(r);
	if (*r->at != '@')
		return member(r);
	r->at++;
	return 0;
}

int
query_parse(struct query *query, struct arena *arena, const char *text,
	struct fault *fault)
{
	struct query_parser r = {query, arena, text, text, fault};
	int rc;

	query->count = 0;
	rc = first_step(&r);
	while (rc == 0) {
		skip_blanks(&r);
		if (!*r.at)
			return 0;
		if (*r.at == '[') {
			rc = brackets(&r);
		} else if (*r.at == '.') {
			r.at++;
			rc = member(&r);
		} else if (*r.at == '|' && r.at[1] != '|') {
			r.at++;
			rc = add_step(&r, QUERY_PIPE, NULL, 0);
			if (rc == 0)
				rc = first_step(&r);
		} else {
			rc = fail_syntax(&r);
		}
	}
	return -1;
}

static const struct value null_value = {.type = VALUE_NULL};

static const struct value *
get_field(const struct value *dict, const struct value *name)
{
	const struct value *v = NULL;

	if (value_is_dict(dict))
		v = value_get_key(dict, name->text, name->len);
	return v ? v : &null_value;
}

static const struct value *
get_element(const struct value *list, long index)
{
	const struct value *v = list->first;
	size_t at = (size_t)index;

	if (list->type != VALUE_LIST)
		return &null_value;
	if (index < 0)
		at = list->count + (size_t)index; /* huge if there is none */
	if (at >= list->count)
		return &null_value;
	while (at-- > 0)
		v = v->next;
	return v;
}

/* A run of steps up to a [] or a pipe, which end projections. */
struct query_range {
	const struct query_step *at, *end;
	struct arena *arena;
};

static const struct value *apply(
	struct query_range s, const struct value *value);

/* Apply the steps to each element, and leave nulls out. */
static const struct value *
project(struct query_range s, const struct value *container)
{
	struct value *list = value_new(s.arena, VALUE_LIST);
	const struct value *v, *made;

	for (v = container->first; list && v; v = v->next) {
		made = apply(s, v);
		if (!made)
			return NULL;
		if (made->type == VALUE_NULL)
			continue;
		if (!value_append(list, value_copy(s.arena, made)))
			return NULL;
	}
	return list;
}

static const struct value *
apply(struct query_range s, const struct value *value)
{
	const struct query_step *step;

	while (s.at < s.end) {
		step = s.at++;
		if (step->kind == QUERY_FIELD)
			value = get_field(value, step->name);
		else if (step->kind == QUERY_INDEX)
			value = get_element(value, step->index);
		else if (step->kind == QUERY_ELEMENTS)
			return value->type == VALUE_LIST ? project(s, value)
							 : &null_value;
		else
			return value_is_dict(value) ? project(s, value)
						    : &null_value;
	}
	return value;
}

/* Replace each list among the elements by its own elements. */
static const struct value *
flatten(struct arena *arena, const struct value *list)
{
	struct value *flat = value_new(arena, VALUE_LIST);
	const struct value *v, *inner;

	for (v = list->first; flat && v; v = v->next) {
		inner = v->type == VALUE_LIST ? v->first : v;
		for (; inner;
			inner = v->type == VALUE_LIST ? inner->next : NULL)
			if (!value_append(flat, value_copy(arena, inner)))
				return NULL;
	}
	return flat;
}

const struct value *
query_search(const struct query *query, struct arena *arena,
	const struct value *value)
{
	const struct query_step *end = query->steps + query->count;
	struct query_range s = {query->steps, query->steps, arena};
	bool each = false;

	for (;;) {
		while (s.end < end && s.end->kind != QUERY_FLATTEN &&
			s.end->kind != QUERY_PIPE)
			s.end++;
		value = each ? project(s, value) : apply(s, value);
		if (!value || s.end == end)
			return value;
		each = s.end->kind == QUERY_FLATTEN &&
		       value->type == VALUE_LIST;
		if (each)
			value = flatten(arena, value);
		else if (s.end->kind == QUERY_FLATTEN)
			value = &null_value;
		if (!value)
			return NULL;
		s.at = ++s.end;
	}
}
