/* Fetches lists page by page. */
#include "cmd/awscli/paginator.h"

#include <string.h>

#include "cmd/awscli/api_call.h"
#include "cmd/awscli/page_token.h"
#include "cmd/awscli/python_int.h"
#include "cmd/awscli/value_repr.h"

struct paginator {
	struct session *session;
	const struct operation *operation;
	struct value *parameters;
	struct fault *fault;

	/* the options */
	bool limited; /* --max-items is given: */
	long long max;
	struct page_token start;
	bool resumed; /* at `start`, by --starting-token */

	/* the current page */
	long long total; /* items of the pages before */
	const struct value *marker; /* of the request, or NULL */
	const struct value *previous;
	bool first;
	bool ended; /* it is the last one to print */
	struct value *next_token; /* to print at the end, or NULL */

	struct value *items; /* a list, or NULL if there are none */
};

/* Set a parameter; an existing one keeps its place. */
static int
set_parameter(struct paginator *w, const char *key, size_t len,
	const struct value *value)
{
	struct value *copy = value_copy(&w->session->arena, value);

	return copy && value_set_key(w->parameters, key, len, copy)
		       ? 0
		       : fault_no_memory(w->fault);
}

/* Set the parameters of the first page from the keys of a token. */
static int
inject_token(struct paginator *w, const struct value *keys)
{
	const struct value *v;

	for (v = keys->first; v; v = v->next) {
		if (v->type == VALUE_NULL ||
			(v->type == VALUE_STRING && v->len == 4 &&
				memcmp(v->text, "None", 4) == 0))
			value_remove(w->parameters, v->key);
		else if (set_parameter(w, v->key, v->key_len, v) != 0)
			return -1;
	}
	return 0;
}

static int
set_page_size(struct paginator *w, const struct value *size)
{
	const struct shape_member *limit =
		shape_member(w->operation->input, "MaxItems", 8);
	struct value *number;

	if (limit->shape->type == SHAPE_STRING && size->type == VALUE_INT) {
		number = value_new_text(&w->session->arena, VALUE_STRING,
			size->text, size->len);
		return number ? set_parameter(w, "MaxItems", 8, number)
			      : fault_no_memory(w->fault);
	}
	if (limit->shape->type == SHAPE_STRING || size->type == VALUE_INT)
		return set_parameter(w, "MaxItems", 8, size);
	number = value_parse_int(&w->session->arena, size->text, size->len);
	return number ? set_parameter(w, "MaxItems", 8, number)
		      : python_int_fail(size, w->fault);
}

static int
read_config(struct paginator *w, const struct value *config)
{
	const struct value *max = value_get(config, "MaxItems");
	const struct value *token = value_get(config, "StartingToken");
	const struct value *size = value_get(config, "PageSize");
	struct value *number;

	if (max && max->type != VALUE_NULL) {
		number = max->type == VALUE_STRING
				 ? value_parse_int(&w->session->arena,
					   max->text, max->len)
				 : value_copy(&w->session->arena, max);
		if (!number || number->type != VALUE_INT)
			return python_int_fail(max, w->fault);
		w->limited = true;
		w->max = value_to_integer(number);
	}
	w->resumed = token && token->type != VALUE_NULL;
	if (w->resumed && (page_token_decode(&w->start, &w->session->arena,
				   token, w->fault) != 0 ||
				  inject_token(w, w->start.keys) != 0))
		return -1;
	if (w->resumed)
		w->marker = value_get(w->start.keys, "Marker");
	return size && size->type != VALUE_NULL ? set_page_size(w, size) : 0;
}

/* Python's list[from:to]: a negative index counts from the end. */
static int
slice(struct paginator *w, const struct value *list, long long from,
	long long to, struct value **out)
{
	long long count = (long long)list->count, i = 0;
	const struct value *v;

	from = from < 0 ? from + count : from;
	to = to < 0 ? to + count : to;
	*out = value_new(&w->session->arena, VALUE_LIST);
	for (v = list->first; *out && v; v = v->next, i++)
		if (i >= from && i < to &&
			!value_append(*out, value_copy(&w->session->arena, v)))
			*out = NULL;
	return *out ? 0 : fault_no_memory(w->fault);
}

static int
cut_start(struct paginator *w)
{
	if (!w->items)
		return 0;
	if (w->start.bad_skip)
		return fault_set(w->fault, AWSCLI_GENERAL_ERROR,
			"slice indices must be integers or None or have an "
			"__index__ method");
	return slice(w, w->items, w->start.skip, (long long)w->items->count,
		&w->items);
}

/* Drop the last items, and make the token to continue with them. */
static int
cut_end(struct paginator *w, long long too_many)
{
	long long count = w->items ? (long long)w->items->count : 0;
	long long keep = count - too_many;
	long long skipped = w->first && w->resumed ? w->start.skip : 0;

	if (w->items && slice(w, w->items, 0, keep, &w->items) != 0)
		return -1;
	if (!w->items)
		w->items = value_new(&w->session->arena, VALUE_LIST);
	w->next_token = page_token_encode(
		&w->session->arena, w->marker, true, keep + skipped);
	w->ended = true;
	return w->next_token && w->items ? 0 : fault_no_memory(w->fault);
}

/* The marker of the next page, or NULL. */
static const struct value *
next_marker(const struct paginator *w, const struct value *list)
{
	const struct value *marker;

	if (!list || (w->operation->has_is_truncated &&
			     !value_is_true(value_get(list, "IsTruncated"))))
		return NULL;
	marker = value_get(list, "NextMarker");
	return value_is_true(marker) ? marker : NULL;
}

/* Prepare for the next page, or end the list. */
static int
advance(struct paginator *w, const struct value *list)
{
	const struct value *marker = next_marker(w, list);
	struct buf shown;

	if (w->items)
		w->total += (long long)w->items->count;
	w->marker = marker;
	if (!marker) {
		w->ended = true;
		return 0;
	}
	if (w->limited && w->total == w->max) {
		w->ended = true;
		w->next_token =
			page_token_encode(&w->session->arena, marker, false, 0);
		return w->next_token ? 0 : fault_no_memory(w->fault);
	}
	if (w->previous && w->previous->len == marker->len &&
		memcmp(w->previous->text, marker->text, marker->len) == 0) {
		buf_init(&shown, 64 * 1024);
		value_repr(&shown, marker);
		fault_set(w->fault, AWSCLI_GENERAL_ERROR,
			"Error during pagination: The same next token was "
			"received twice: {'Marker': %s}",
			buf_str(&shown));
		buf_release(&shown);
		return -1;
	}
	w->previous = marker;
	return set_parameter(w, "Marker", 6, marker);
}

/* Fetch a page, and prepare for the next one. */
static int
fetch_page(struct paginator *w)
{
	struct value *list;
	struct api_result result;
	long long count;

	if (api_call_make(w->session, w->operation, w->parameters, &result,
		    w->fault) != 0)
		return -1;
	if (!result.output)
		return api_call_fault(w->operation, &result, w->fault);
	list = value_get(result.output, w->operation->payload);
	w->items = list ? value_get(list, "Items") : NULL;
	if (w->first && w->resumed && cut_start(w) != 0)
		return -1;
	count = w->items ? (long long)w->items->count : 0;
	if (w->limited && w->total + count > w->max)
		return cut_end(w, w->total + count - w->max);
	return advance(w, list);
}

/* {"InvalidationList": {"Items": items}} */
static struct value *
wrap(struct paginator *w, struct value *items)
{
	struct arena *arena = &w->session->arena;
	struct value *list = value_new(arena, VALUE_DICT);
	struct value *all = value_new(arena, VALUE_DICT);

	if (!list || !all ||
		!value_set(list, "Items", value_copy(arena, items)) ||
		!value_set(all, w->operation->payload, list))
		return NULL;
	return all;
}

static int
print_text(struct paginator *w)
{
	struct arena *arena = &w->session->arena;
	struct value *page = NULL, *inner, *outer;

	while (!w->ended) {
		if (fetch_page(w) != 0)
			return -1;
		/* without items, the text shows None */
		page = wrap(w, w->items);
		if (!page)
			return fault_no_memory(w->fault);
		if (session_print(w->session, page, w->fault) != 0)
			return -1;
		w->first = false;
	}
	if (!w->next_token)
		return 0;
	inner = value_new(arena, VALUE_DICT);
	outer = value_new(arena, VALUE_DICT);
	if (!inner || !outer || !value_set(inner, "NextToken", w->next_token) ||
		!value_set(outer, "NextToken", inner))
		return fault_no_memory(w->fault);
	return session_print(w->session, outer, w->fault);
}

static int
print_json(struct paginator *w)
{
	struct arena *arena = &w->session->arena;
	struct value *all = NULL, *whole, *v;

	while (!w->ended) {
		if (fetch_page(w) != 0)
			return -1;
		w->first = false;
		if (w->items && !all)
			all = value_new(arena, VALUE_LIST);
		for (v = w->items ? w->items->first : NULL; v; v = v->next)
			if (!all || !value_append(all, value_copy(arena, v)))
				return fault_no_memory(w->fault);
	}
	whole = all ? wrap(w, all) : value_new(arena, VALUE_DICT);
	if (!whole || (w->next_token &&
			      !value_set(whole, "NextToken", w->next_token)))
		return fault_no_memory(w->fault);
	return session_print(w->session, whole, w->fault);
}

int
paginator_print(struct session *session, const struct operation *operation,
	struct value *parameters, struct fault *fault)
{
	struct paginator w = {
		.session = session,
		.operation = operation,
		.parameters = parameters,
		.fault = fault,
		.first = true,
	};
	const struct value *config = value_get(parameters, "PaginationConfig");

	value_remove(parameters, "PaginationConfig");
	if (config && value_is_dict(config) && read_config(&w, config) != 0)
		return -1;
	return session->text ? print_text(&w) : print_json(&w);
}
