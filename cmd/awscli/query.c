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
fail_syntax(const struct query_parser *p)
{
	size_t column = python_text_length(p->text, (size_t)(p->at - p->text));

	if (!*p->text)
		return fault_set(p->fault, AWSCLI_PARAM_ERROR,
			"Bad value for --query : Invalid JMESPath expression: "
			"cannot be empty.");
	return fault_set(p->fault, AWSCLI_PARAM_ERROR,
		"Bad value for --query %s: column %zu: edgediff supports the "
		"paths of JMESPath: names and \"names\", [n], [], [*], *, @, "
		"joined by . and |",
		p->text, column);
}

static void
skip_blanks(struct query_parser *p)
{
	while (*p->at && strchr(" \t\r\n", *p->at))
		p->at++;
}

static int
add_step(struct query_parser *p, enum query_kind kind, const struct value *name,
	long index)
{
	struct query *query = p->query;

	if (query->count == QUERY_STEPS_MAX)
		return fail_syntax(p);
	query->steps[query->count++] = (struct query_step){kind, name, index};
	return 0;
}

/* "a name", a JSON string. */
static int
quoted_name(struct query_parser *p)
{
	const char *start = p->at++;
	const struct value *name;
	struct buf problem;

	while (*p->at && *p->at != '"')
		p->at += p->at[0] == '\\' && p->at[1] ? 2 : 1;
	if (!*p->at)
		return fail_syntax(p);
	p->at++;
	buf_init(&problem, 256);
	name = json_read(
		p->arena, start, (size_t)(p->at - start), false, &problem);
	buf_release(&problem);
	return name ? add_step(p, QUERY_FIELD, name, 0) : fail_syntax(p);
}

static int
plain_name(struct query_parser *p)
{
	const char *start = p->at;
	const struct value *name;

	while (isalnum((unsigned char)*p->at) || *p->at == '_')
		p->at++;
	if (isdigit((unsigned char)*start) || p->at == start)
		return fail_syntax(p);
	name = value_new_text(
		p->arena, VALUE_STRING, start, (size_t)(p->at - start));
	return name ? add_step(p, QUERY_FIELD, name, 0)
		    : fault_no_memory(p->fault);
}

/* Parse [n], [] or [*], from its opening bracket. */
static int
brackets(struct query_parser *p)
{
	char *end;
	long index;

	p->at++;
	if (*p->at == ']') {
		p->at++;
		return add_step(p, QUERY_FLATTEN, NULL, 0);
	}
	skip_blanks(p);
	if (*p->at == '*') {
		p->at++;
		skip_blanks(p);
		if (*p->at != ']')
			return fail_syntax(p);
		p->at++;
		return add_step(p, QUERY_ELEMENTS, NULL, 0);
	}
	if (!isdigit((unsigned char)*p->at) &&
		!(*p->at == '-' && isdigit((unsigned char)p->at[1])))
		return fail_syntax(p);
	index = strtol(p->at, &end, 10);
	p->at = end;
	skip_blanks(p);
	if (*p->at != ']')
		return fail_syntax(p);
	p->at++;
	return add_step(p, QUERY_INDEX, NULL, index);
}

static int
member(struct query_parser *p)
{
	skip_blanks(p);
	if (*p->at == '"')
		return quoted_name(p);
	if (*p->at != '*')
		return plain_name(p);
	p->at++;
	return add_step(p, QUERY_MEMBERS, NULL, 0);
}

static int
first_step(struct query_parser *p)
{
	skip_blanks(p);
	if (*p->at == '[')
		return brackets(p);
	if (*p->at != '@')
		return member(p);
	p->at++;
	return 0;
}

int
query_parse(struct query *query, struct arena *arena, const char *text,
	struct fault *fault)
{
	struct query_parser p = {query, arena, text, text, fault};
	int rc;

	query->count = 0;
	rc = first_step(&p);
	while (rc == 0) {
		skip_blanks(&p);
		if (!*p.at)
			return 0;
		if (*p.at == '[') {
			rc = brackets(&p);
		} else if (*p.at == '.') {
			p.at++;
			rc = member(&p);
		} else if (*p.at == '|' && p.at[1] != '|') {
			p.at++;
			rc = add_step(&p, QUERY_PIPE, NULL, 0);
			if (rc == 0)
				rc = first_step(&p);
		} else {
			rc = fail_syntax(&p);
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
		at = list->count +
		     (size_t)index; /* huge if it is before the first */
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
