/* Parses responses. */
#include "cmd/awscli/response.h"

#include <stdio.h>
#include <string.h>

#include "aws/http_status.h"
#include "aws/xml_tree.h"
#include "cmd/awscli/python_int.h"
#include "cmd/awscli/python_text.h"
#include "cmd/awscli/timestamp.h"
#include "cmd/awscli/value_repr.h"

enum {
	LOCATION_MAX = 16 * 1024,
};

struct response_parser {
	struct arena *arena;
	struct fault *fault;
	bool wire_times;
};

static struct value *
fail_memory(const struct response_parser *p)
{
	fault_no_memory(p->fault);
	return NULL;
}

static struct value *
read_time(const struct response_parser *p, const struct xml_element *element)
{
	const char *text = element->text;
	struct value *value;
	char time[TIMESTAMP_SIZE], why[TIMESTAMP_WHY_SIZE];

	if (p->wire_times || timestamp_isoformat(time, text, why)) {
		value = value_new_string(p->arena, p->wire_times ? text : time);
		return value ? value : fail_memory(p);
	}
	fault_set(p->fault, AWSCLI_GENERAL_ERROR,
		"Invalid timestamp \"%s\": %s: %s", text, why, text);
	return NULL;
}

static struct value *
read_scalar(const struct response_parser *p, const struct xml_element *element,
	const struct shape *shape)
{
	struct value *value;

	switch (shape->type) {
	case SHAPE_INTEGER:
		return python_int_of(p->arena, element->text, p->fault);
	case SHAPE_BOOLEAN:
		value = value_new_bool(
			p->arena, strcmp(element->text, "true") == 0);
		break;
	case SHAPE_TIMESTAMP:
		return read_time(p, element);
	default:
		value = value_new_text(
			p->arena, VALUE_STRING, element->text, element->len);
	}
	return value ? value : fail_memory(p);
}

static struct value *
read_element(const struct response_parser *p, const struct xml_element *element,
	const struct shape *shape)
{
	bool list = shape->type == SHAPE_LIST;
	const struct xml_element *child;
	const struct shape_member *m;
	struct value *all, *v;

	if (!list && shape->type != SHAPE_STRUCTURE)
		return read_scalar(p, element, shape);
	all = value_new(p->arena, list ? VALUE_LIST : VALUE_DICT);
	if (!all)
		return fail_memory(p);
	for (child = element->first; list && child; child = child->next) {
		v = read_element(p, child, shape->element);
		if (!v)
			return NULL;
		value_append(all, v);
	}
	for (m = shape->members; !list && m->name; m++) {
		child = xml_tree_child(element, m->name);
		if (!child)
			continue;
		v = read_element(p, child, m->shape);
		if (!v)
			return NULL;
		value_set(all, m->name, v);
	}
	return all;
}

/* The position of the end, as expat counts: lines from 1, columns from 0. */
static void
find_end(const char *text, size_t len, unsigned *line, size_t *column)
{
	const char *start = text, *p;

	*line = 1;
	for (p = text; p < text + len; p++)
		if (*p == '\n') {
			++*line;
			start = p + 1;
		}
	*column = python_text_length(start, (size_t)(text + len - start));
}

/* Does the text end within a tag? If so, *position is where the tag begins. */
static bool
ends_in_tag(const char *body, size_t len, size_t *position)
{
	size_t i = len;

	while (i > 0 && body[i - 1] != '<' && body[i - 1] != '>')
		i--;
	*position = i - 1;
	return i > 0 && body[i - 1] == '<';
}

int
response_not_xml(const char *body, size_t len, struct fault *fault)
{
	struct value shown = {.type = VALUE_BYTES, .text = body, .len = len};
	const char *what = "no element found";
	size_t start = 0, column, position = len;
	unsigned line;

	while (start < len && strchr(" \t\r\n", body[start]))
		start++;
	if (start < len && body[start] != '<') {
		what = "syntax error";
		position = start;
	} else if (start + 1 < len && body[start + 1] == '<') {
		what = "not well-formed (invalid token)";
		position = start + 1;
	} else if (ends_in_tag(body, len, &position)) {
		what = "unclosed token";
	} else {
		position = len;
	}
	find_end(body, position, &line, &column);
	fault_set(fault, AWSCLI_GENERAL_ERROR,
		"Unable to parse response (%s: line %u, column %zu), invalid "
		"XML received. Further retries may succeed:\n",
		what, line, column);
	value_repr(&fault->text, &shown);
	return -1;
}

static int
read_payload(const struct response_parser *p, const struct shape_member *member,
	const struct buf *body, struct value **out)
{
	struct err err = ERR_INIT;
	struct xml_element *root;

	if (body->len == 0) {
		*out = value_new(p->arena, VALUE_DICT);
		return *out ? 0 : fault_no_memory(p->fault);
	}
	if (xml_tree_read(&root, p->arena, buf_str(body), body->len, &err) != 0)
		return err.code == ERR_MEMORY ? fault_no_memory(p->fault)
					      : response_not_xml(buf_str(body),
							body->len, p->fault);
	*out = read_element(p, root, member->shape);
	return *out ? 0 : -1;
}

/* Python decodes a header as Latin-1. */
static void
add_latin1(struct buf *out, const char *text)
{
	for (; *text; text++)
		if (*text & 0x80) {
			buf_addch(out, *text & 0x40 ? '\xc3' : '\xc2');
			buf_addch(out, (char)(*text & 0xbf));
		} else {
			buf_addch(out, *text);
		}
}

static int
read_header(const struct response_parser *p, const struct shape_member *member,
	const struct http_response *answer, struct value *all)
{
	char text[LOCATION_MAX];
	struct value *value;
	struct buf latin;
	bool done;

	if (!http_response_header(answer, member->name, text, sizeof(text)))
		return 0;
	buf_init(&latin, 2 * sizeof(text));
	add_latin1(&latin, text);
	value = latin.failed ? NULL
			     : value_new_text(p->arena, VALUE_STRING,
				       buf_str(&latin), latin.len);
	done = value && value_set(all, member->name, value);
	buf_release(&latin);
	return done ? 0 : fault_no_memory(p->fault);
}

int
response_read(struct value **out, struct arena *arena,
	const struct operation *operation, const struct http_response *answer,
	bool wire_times, struct fault *fault)
{
	const struct response_parser p = {arena, fault, wire_times};
	const struct shape_member *member;
	struct value *value = NULL;

	*out = value_new(arena, VALUE_DICT);
	if (!*out)
		return fault_no_memory(fault);
	for (member = operation->output->members; member->name; member++) {
		if (member->location == LOCATION_HEADER) {
			if (read_header(&p, member, answer, *out) != 0)
				return -1;
			continue;
		}
		if (read_payload(&p, member, &answer->body, &value) != 0)
			return -1;
		value_set(*out, member->name, value);
	}
	return 0;
}

/* The text of an element; an empty one is None to Python. */
static const char *
error_text(const struct xml_element *element)
{
	return !element ? "" : element->len > 0 ? element->text : "None";
}

int
response_read_error(struct api_error *out, struct arena *arena, long status,
	const char *body, size_t len, struct fault *fault)
{
	const struct xml_element *error;
	struct err err = ERR_INIT;
	struct xml_element *root;
	char digits[32];

	if (xml_tree_read(&root, arena, body, len, &err) != 0)
		root = NULL;
	if (err.code == ERR_MEMORY)
		return fault_no_memory(fault);
	error = root && strcmp(root->name, "Error") == 0
			? root
			: xml_tree_child(root, "Error");
	if (root) {
		out->code = error_text(xml_tree_child(error, "Code"));
		out->message = error_text(xml_tree_child(error, "Message"));
	} else {
		snprintf(digits, sizeof(digits), "%ld", status);
		out->code = arena_copy(arena, digits, strlen(digits));
		out->message = http_status_reason(status);
	}
	out->message_len = strlen(out->message);
	return out->code ? 0 : fault_no_memory(fault);
}
