/* Fetches lists page by page. */
#include "cmd/awscli/paginator.h"

#include <assert.h>
#include <string.h>

#include "cmd/awscli/api_call.h"
#include "cmd/awscli/page_token.h"
#include "cmd/awscli/python_int.h"
#include "cmd/awscli/value_repr.h"

enum {
	/*
	 * A list of a million, at 100 a page. Without a limit, a service that
	 * always has another page would be asked for ever.
	 */
	PAGES_MAX = 10 * 1000,
};

struct paginator {
	struct session *session;
	const struct operation *operation;
	struct value *parameters;
	struct fault *fault;

	/* the options */
	bool limited; /* if --max-items is given: */
	long long max;
	struct page_token start;
	bool resumed; /* by --starting-token, at `start` */

	/* the current page */
	long long total; /* items of the pages before */
	int pages; /* before this one */
	const struct value *marker; /* of the request, or NULL */
	const struct value *previous;
	bool first;
	bool ended; /* it is the last one to print */
	struct value *next_token; /* to print at the end, or NULL */

	struct value *items; /* a list, or NULL if there are none */
	struct value *output; /* of which they are the items */
};

/* Set a parameter; an existing one keeps its place. */
static int
set_parameter(struct paginator *p, const char *key, size_t len,
	const struct value *value)
{
	struct value *copy = value_copy(&p->session->arena, value);

	return copy && value_set_key(p->parameters, key, len, copy)
		       ? 0
		       : fault_no_memory(p->fault);
}

/* Set the parameters of the first page from the keys of a token. */
static int
inject_token(struct paginator *p, const struct value *keys)
{
	const struct value *v;

	for (v = keys->first; v; v = v->next) {
		if (v->type == VALUE_NULL ||
			(v->type == VALUE_STRING && v->len == 4 &&
				memcmp(v->text, "None", 4) == 0))
			value_remove(p->parameters, v->key);
		else if (set_parameter(p, v->key, v->key_len, v) != 0)
			return -1;
	}
	return 0;
}

static int
set_page_size(struct paginator *p, const struct value *size)
{
	const struct shape_member *limit =
		shape_member(p->operation->input, "MaxItems", 8);
	struct value *number;

	if (limit->shape->type == SHAPE_STRING && size->type == VALUE_INT) {
		number = value_new_text(&p->session->arena, VALUE_STRING,
			size->text, size->len);
		return number ? set_parameter(p, "MaxItems", 8, number)
			      : fault_no_memory(p->fault);
	}
	if (limit->shape->type == SHAPE_STRING || size->type == VALUE_INT)
		return set_parameter(p, "MaxItems", 8, size);
	number = value_parse_int(&p->session->arena, size->text, size->len);
	return number ? set_parameter(p, "MaxItems", 8, number)
		      : python_int_fail(size, p->fault);
}

static int
read_config(struct paginator *p, const struct value *config)
{
	const struct value *max = value_get(config, "MaxItems");
	const struct value *token = value_get(config, "StartingToken");
	const struct value *size = value_get(config, "PageSize");
	struct value *number;

	if (max && max->type != VALUE_NULL) {
		number = max->type == VALUE_STRING
				 ? value_parse_int(&p->session->arena,
					   max->text, max->len)
				 : value_copy(&p->session->arena, max);
		if (!number || number->type != VALUE_INT)
			return python_int_fail(max, p->fault);
		p->limited = true;
		p->max = value_to_integer(number);
	}
	p->resumed = token && token->type != VALUE_NULL;
	if (p->resumed && (page_token_decode(&p->start, &p->session->arena,
				   token, p->fault) != 0 ||
				  inject_token(p, p->start.keys) != 0))
		return -1;
	if (p->resumed)
		p->marker = value_get(p->start.keys, "Marker");
	return size && size->type != VALUE_NULL ? set_page_size(p, size) : 0;
}

/* Python's list[from:to]: a negative index counts from the end. */
static int
slice(struct paginator *p, const struct value *list, long long from,
	long long to, struct value **out)
{
	long long count = (long long)list->count, i = 0;
	const struct value *v;

	from = from < 0 ? from + count : from;
	to = to < 0 ? to + count : to;
	*out = value_new(&p->session->arena, VALUE_LIST);
	for (v = list->first; *out && v; v = v->next, i++)
		if (i >= from && i < to &&
			!value_append(*out, value_copy(&p->session->arena, v)))
			*out = NULL;
	return *out ? 0 : fault_no_memory(p->fault);
}

static int
cut_start(struct paginator *p)
{
	if (!p->items)
		return 0;
	if (p->start.bad_skip)
		return fault_set(p->fault, AWSCLI_GENERAL_ERROR,
			"slice indices must be integers or None or have an "
			"__index__ method");
	return slice(p, p->items, p->start.skip, (long long)p->items->count,
		&p->items);
}

/* Drop the last items, and make the token to continue with them. */
static int
cut_end(struct paginator *p, long long too_many)
{
	long long count = p->items ? (long long)p->items->count : 0;
	long long keep = count - too_many;
	long long skipped = p->first && p->resumed ? p->start.skip : 0;

	if (p->items && slice(p, p->items, 0, keep, &p->items) != 0)
		return -1;
	if (!p->items)
		p->items = value_new(&p->session->arena, VALUE_LIST);
	p->next_token = page_token_encode(
		&p->session->arena, p->marker, true, keep + skipped);
	p->ended = true;
	return p->next_token && p->items ? 0 : fault_no_memory(p->fault);
}

/* The marker of the next page, or NULL. */
static const struct value *
next_marker(const struct paginator *p, const struct value *list)
{
	const struct value *marker;

	if (!list || (p->operation->has_is_truncated &&
			     !value_is_true(value_get(list, "IsTruncated"))))
		return NULL;
	marker = value_get(list, "NextMarker");
	return value_is_true(marker) ? marker : NULL;
}

/* Prepare for the next page, or end the list. */
static int
advance(struct paginator *p, const struct value *list)
{
	const struct value *marker = next_marker(p, list);
	struct buf shown;

	if (p->items)
		p->total += (long long)p->items->count;
	p->marker = marker;
	if (!marker) {
		p->ended = true;
		return 0;
	}
	if (p->limited && p->total == p->max) {
		p->ended = true;
		p->next_token =
			page_token_encode(&p->session->arena, marker, false, 0);
		return p->next_token ? 0 : fault_no_memory(p->fault);
	}
	if (p->previous && p->previous->len == marker->len &&
		memcmp(p->previous->text, marker->text, marker->len) == 0) {
		buf_init(&shown, 64 * 1024);
		value_repr(&shown, marker);
		fault_set(p->fault, AWSCLI_GENERAL_ERROR,
			"Error during pagination: The same next token was "
			"received twice: {'Marker': %s}",
			buf_shown(&shown));
		buf_release(&shown);
		return -1;
	}
	if (++p->pages == PAGES_MAX)
		return fault_set(p->fault, AWSCLI_GENERAL_ERROR,
			"Error during pagination: the list goes on after %d "
			"pages. Pass --max-items to get a part of it",
			PAGES_MAX);
	p->previous = marker;
	return set_parameter(p, "Marker", 6, marker);
}

/* Fetch a page, and prepare for the next one. */
static int
fetch_page(struct paginator *p)
{
	struct value *list;
	struct api_result result;
	long long count;

	if (api_call_make(p->session, p->operation, p->parameters, &result,
		    p->fault) != 0)
		return -1;
	if (!result.output)
		return api_call_fault(p->operation, &result, p->fault);
	list = value_get(result.output, p->operation->payload);
	p->items = list ? value_get(list, "Items") : NULL;
	if (p->first && p->resumed && cut_start(p) != 0)
		return -1;
	count = p->items ? (long long)p->items->count : 0;
	p->output = result.output;
	if (p->limited && p->total + count > p->max)
		return cut_end(p, p->total + count - p->max);
	return advance(p, list);
}

/* Put the items into the output that they were cut from. */
static int
restore_items(struct paginator *p)
{
	struct value *list = value_get(p->output, p->operation->payload);
	bool cut = p->resumed && p->first;

	if (!list || !value_is_dict(list) || (!p->items && !cut))
		return 0;
	return value_set(
		       list, "Items", value_copy(&p->session->arena, p->items))
		       ? 0
		       : fault_no_memory(p->fault);
}

/* {"InvalidationList": {"Items": items}} */
static struct value *
wrap(struct paginator *p, struct value *items)
{
	struct arena *arena = &p->session->arena;
	struct value *list = value_new(arena, VALUE_DICT);
	struct value *all = value_new(arena, VALUE_DICT);

	if (!list || !all ||
		!value_set(list, "Items", value_copy(arena, items)) ||
		!value_set(all, p->operation->payload, list))
		return NULL;
	return all;
}

static int
print_text(struct paginator *p)
{
	struct arena *arena = &p->session->arena;
	struct value *page = NULL, *inner, *outer;

	while (!p->ended) {
		if (fetch_page(p) != 0)
			return -1;
		/* without items, the text shows None */
		page = wrap(p, p->items);
		if (!page)
			return fault_no_memory(p->fault);
		if (session_print(p->session, p->operation, page, p->fault) !=
			0)
			return -1;
		p->first = false;
	}
	if (!p->next_token)
		return 0;
	inner = value_new(arena, VALUE_DICT);
	outer = value_new(arena, VALUE_DICT);
	if (!inner || !outer || !value_set(inner, "NextToken", p->next_token) ||
		!value_set(outer, "NextToken", inner))
		return fault_no_memory(p->fault);
	return session_print(p->session, p->operation, outer, p->fault);
}

static int
print_stream(struct paginator *p)
{
	while (!p->ended) {
		if (fetch_page(p) != 0 || restore_items(p) != 0 ||
			session_print(p->session, p->operation, p->output,
				p->fault) != 0)
			return -1;
		p->first = false;
	}
	return 0;
}

static int
print_whole(struct paginator *p)
{
	struct arena *arena = &p->session->arena;
	struct value *all = NULL, *whole, *v;

	while (!p->ended) {
		if (fetch_page(p) != 0)
			return -1;
		p->first = false;
		if (p->items && !all)
			all = value_new(arena, VALUE_LIST);
		for (v = p->items ? p->items->first : NULL; v; v = v->next)
			if (!all || !value_append(all, value_copy(arena, v)))
				return fault_no_memory(p->fault);
	}
	whole = all ? wrap(p, all) : value_new(arena, VALUE_DICT);
	if (!whole || (p->next_token &&
			      !value_set(whole, "NextToken", p->next_token)))
		return fault_no_memory(p->fault);
	return session_print(p->session, p->operation, whole, p->fault);
}

int
paginator_print(struct session *session, const struct operation *operation,
	struct value *parameters, struct fault *fault)
{
	struct paginator p = {
		.session = session,
		.operation = operation,
		.parameters = parameters,
		.fault = fault,
		.first = true,
	};
	const struct value *config = value_get(parameters, "PaginationConfig");

	assert(operation->paginated);
	value_remove(parameters, "PaginationConfig");
	if (config && value_is_dict(config) && read_config(&p, config) != 0)
		return -1;
	if (session->format == OUTPUT_FORMAT_TEXT)
		return print_text(&p);
	return session->format == OUTPUT_FORMAT_YAML_STREAM ? print_stream(&p)
							    : print_whole(&p);
}
