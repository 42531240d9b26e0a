/* Reads YAML with libyaml, or not at all. */
#include "cmd/awscli/yaml_reader.h"

#ifdef HAVE_LIBYAML

#include <string.h>
#include <yaml.h>

#include "cmd/awscli/yaml_scalar.h"

struct yaml_input {
	yaml_parser_t parser;
	struct yaml_scalars scalars;
	struct arena *arena;
	int depth;
	struct buf *problem;
};

static const char out_of_memory[] = "out of memory";

bool
yaml_is_read(void)
{
	return true;
}

/* Keep the first problem. */
static void *
invalid(struct yaml_input *in)
{
	if (!in->problem->len)
		buf_addstr(in->problem, YAML_INVALID);
	return NULL;
}

static void *
refuse(struct yaml_input *in, const yaml_event_t *event, const char *what)
{
	if (!in->problem->len)
		buf_addf(in->problem, "line %zu: %s is not supported",
			event->start_mark.line + 1, what);
	return NULL;
}

static void *
no_memory(struct yaml_input *in)
{
	if (!in->problem->len)
		buf_addstr(in->problem, out_of_memory);
	return NULL;
}

/* The next event, which the caller deletes if this returns true. */
static bool
next_event(struct yaml_input *in, yaml_event_t *event)
{
	if (yaml_parser_parse(&in->parser, event))
		return true;
	if (in->parser.error == YAML_MEMORY_ERROR)
		no_memory(in);
	else
		invalid(in);
	return false;
}

static struct value *
read_scalar(struct yaml_input *in, const yaml_event_t *event)
{
	const char *text = (const char *)event->data.scalar.value;
	const char *tag = (const char *)event->data.scalar.tag;
	size_t len = event->data.scalar.length;
	struct value *value;
	struct buf what;

	if (event->data.scalar.anchor)
		return refuse(in, event, "an anchor");
	if (tag && strcmp(tag, YAML_STR_TAG) != 0)
		return refuse(in, event, "a tag other than !!str");
	if (tag || !event->data.scalar.plain_implicit) {
		value = value_new_text(in->arena, VALUE_STRING, text, len);
		return value ? value : no_memory(in);
	}
	if (strcmp(text, "=") == 0)
		return invalid(in);
	buf_init(&what, 64);
	value = yaml_scalar_read(&in->scalars, in->arena, text, len, &what);
	if (!value && strcmp(buf_shown(&what), out_of_memory) == 0)
		no_memory(in);
	else if (!value)
		refuse(in, event, buf_shown(&what));
	buf_release(&what);
	return value;
}

static struct value *read_node(struct yaml_input *in, yaml_event_t *event);

/* A key, of which `=` is one too. */
static struct value *
read_key(struct yaml_input *in, yaml_event_t *event)
{
	bool plain = event->type == YAML_SCALAR_EVENT &&
		     event->data.scalar.plain_implicit;
	const char *text = plain ? (char *)event->data.scalar.value : "";
	struct value *key;

	if (plain && strcmp(text, "<<") == 0)
		return refuse(in, event, "a merge key");
	if (event->type != YAML_SCALAR_EVENT)
		key = value_new(in->arena, VALUE_NULL);
	else if (plain && strcmp(text, "=") == 0)
		key = value_new_string(in->arena, "=");
	else
		key = read_scalar(in, event);
	if (key && key->type != VALUE_STRING)
		return refuse(in, event, "a key that is no string");
	return key ? key : no_memory(in);
}

/* At the event of its key, which stays the caller's. */
static bool
read_member(struct yaml_input *in, yaml_event_t *event, struct value *dict)
{
	struct value *key = read_key(in, event), *value;
	yaml_event_t next;

	if (!key)
		return false;
	if (value_get_key(dict, key->text, key->len)) {
		invalid(in);
		return false;
	}
	if (!next_event(in, &next))
		return false;
	value = read_node(in, &next);
	yaml_event_delete(&next);
	if (!value)
		return false;
	if (value_set_key(dict, key->text, key->len, value))
		return true;
	refuse(in, event, "an object of so many keys");
	return false;
}

/* Up to the event of its end. */
static struct value *
read_container(struct yaml_input *in, bool list)
{
	struct value *container =
		value_new(in->arena, list ? VALUE_LIST : VALUE_DICT);
	yaml_event_t event;
	bool good = true, end = false;

	if (!container)
		return no_memory(in);
	while (good && !end) {
		if (!next_event(in, &event))
			return NULL;
		end = event.type == YAML_SEQUENCE_END_EVENT ||
		      event.type == YAML_MAPPING_END_EVENT;
		if (!end)
			good = list ? value_append(
					      container, read_node(in, &event))
				    : read_member(in, &event, container);
		yaml_event_delete(&event);
	}
	return good ? container : NULL;
}

/* The node that begins with this event, which stays the caller's. */
static struct value *
read_node(struct yaml_input *in, yaml_event_t *event)
{
	bool list = event->type == YAML_SEQUENCE_START_EVENT;
	struct value *value;

	if (event->type == YAML_ALIAS_EVENT) /* of no anchor */
		return invalid(in);
	if (event->type == YAML_SCALAR_EVENT)
		return read_scalar(in, event);
	if (list ? event->data.sequence_start.anchor != NULL
		 : event->data.mapping_start.anchor != NULL)
		return refuse(in, event, "an anchor");
	if (list ? event->data.sequence_start.tag != NULL
		 : event->data.mapping_start.tag != NULL)
		return refuse(in, event, "a tag other than !!str");
	if (in->depth >= YAML_DEPTH_MAX)
		return refuse(in, event, "so deep a nesting");
	in->depth++;
	value = read_container(in, list);
	in->depth--;
	return value;
}

static bool
is_other_version(const yaml_event_t *event)
{
	const yaml_version_directive_t *version =
		event->data.document_start.version_directive;

	return version && (version->major != 1 || version->minor != 2);
}

/* The only document of the stream, if it has one, which begins at this event. */
static struct value *
read_document(struct yaml_input *in, yaml_event_t *event)
{
	struct value *value;
	yaml_event_t next;

	if (event->type == YAML_STREAM_END_EVENT) {
		value = value_new(in->arena, VALUE_NULL);
		return value ? value : no_memory(in);
	}
	if (is_other_version(event))
		return refuse(in, event, "a version other than 1.2");
	if (!next_event(in, &next))
		return NULL;
	value = read_node(in, &next);
	yaml_event_delete(&next);
	if (!value || !next_event(in, &next)) /* its end */
		return NULL;
	yaml_event_delete(&next);
	if (!next_event(in, &next))
		return NULL;
	if (next.type != YAML_STREAM_END_EVENT)
		value = invalid(in);
	yaml_event_delete(&next);
	return value;
}

/*
 * A character that readers take in different ways: a tab, a line break of YAML 1.1,
 * which is none in 1.2, or a BOM that does not come first. NULL without one.
 */
static const char *
find_unclear(const char *text, size_t len)
{
	static const struct {
		const char *bytes, *name;
	} unclear[] = {
		{"\t", "a tab"},
		{"\xc2\x85", "U+0085"},
		{"\xe2\x80\xa8", "U+2028"},
		{"\xe2\x80\xa9", "U+2029"},
		{"\xef\xbb\xbf", "U+FEFF after the start"},
	};
	const char *at, *end = text + len;
	size_t i, n;

	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	for (i = 0; i < sizeof(unclear) / sizeof(unclear[0]); i++) {
		n = strlen(unclear[i].bytes);
		for (at = text; at; at = at ? at + 1 : NULL) {
			at = memchr(
				at, unclear[i].bytes[0], (size_t)(end - at));
			if (at && (size_t)(end - at) >= n &&
				memcmp(at, unclear[i].bytes, n) == 0)
				return unclear[i].name;
		}
	}
	return NULL;
}

static struct value *
read_stream(struct yaml_input *in)
{
	struct value *value;
	yaml_event_t event;

	if (!next_event(in, &event)) /* the start of the stream */
		return NULL;
	yaml_event_delete(&event);
	if (!next_event(in, &event))
		return NULL;
	value = read_document(in, &event);
	yaml_event_delete(&event);
	return value;
}

struct value *
yaml_read(
	struct arena *arena, const char *text, size_t len, struct buf *problem)
{
	struct yaml_input in = {.arena = arena, .problem = problem};
	struct value *value = NULL;
	const char *unclear;

	if (len > YAML_TEXT_MAX) {
		buf_addf(problem, "more than %d MiB are not supported",
			YAML_TEXT_MAX >> 20);
		return NULL;
	}
	unclear = find_unclear(text, len);
	if (unclear) {
		buf_addf(problem, "%s is not supported", unclear);
		return NULL;
	}
	if (!yaml_scalars_init(&in.scalars))
		return no_memory(&in);
	if (yaml_parser_initialize(&in.parser)) {
		yaml_parser_set_encoding(&in.parser, YAML_UTF8_ENCODING);
		yaml_parser_set_input_string(
			&in.parser, (const unsigned char *)text, len);
		value = read_stream(&in);
		yaml_parser_delete(&in.parser);
	} else {
		no_memory(&in);
	}
	yaml_scalars_release(&in.scalars);
	return value;
}

#else

bool
yaml_is_read(void)
{
	return false;
}

struct value *
yaml_read(
	struct arena *arena, const char *text, size_t len, struct buf *problem)
{
	(void)arena;
	(void)text;
	(void)len;
	buf_addstr(problem, "edgediff was built without libyaml");
	return NULL;
}

#endif
