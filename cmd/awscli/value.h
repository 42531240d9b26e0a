/*
 * Values that are passed between a command line, JSON, shorthand and XML. They
 * keep what the AWS CLI's messages reveal of Python's types.
 *
 * All values live in an arena. A value is an element of one container at most;
 * value_copy makes another one for a second container. The functions that make
 * a value return NULL if memory runs out.
 */
#ifndef CMD_AWSCLI_VALUE_H
#define CMD_AWSCLI_VALUE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"

enum value_type {
	VALUE_NULL,
	VALUE_BOOL,
	VALUE_INT,
	VALUE_FLOAT,
	VALUE_STRING,
	VALUE_BYTES, /* of a fileb:// */
	VALUE_LIST,
	VALUE_DICT,
	VALUE_ORDERED, /* also a dict: Python's OrderedDict */
	VALUE_REFERENCE, /* &expression, while a JMESPath query is evaluated */
};

enum {
	/* Python's own limit of recursion, less the CLI's own calls. */
	VALUE_DEPTH_MAX = 900,

	/* Dicts are searched linearly; real ones have four keys. */
	VALUE_KEYS_MAX = 10 * 1000,
};

struct jmespath_node;

struct value {
	enum value_type type;
	bool truth; /* of a bool */
	const char *text; /* string or bytes; a number as Python shows it */
	size_t len;
	const char *key; /* in a dict */
	size_t key_len;
	struct value *first, *last; /* elements of a list or dict */
	size_t count;
	const struct jmespath_node *expression; /* of a reference */
	struct value *next;
};

struct value *value_new(struct arena *arena, enum value_type type);
struct value *value_new_text(struct arena *arena, enum value_type type,
	const char *text, size_t len);
struct value *value_new_string(struct arena *arena, const char *text);
struct value *value_new_bool(struct arena *arena, bool truth);
struct value *value_new_int(struct arena *arena, long long number);
struct value *value_new_float(struct arena *arena, double number);

/* A copy to put into another container; it shares the elements. */
struct value *value_copy(struct arena *arena, const struct value *value);

/* Append to a list. Returns false if `item` is NULL. */
bool value_append(struct value *list, struct value *item);

/*
 * Set a key of a dict: a new one comes last, an existing one keeps its place.
 * The key is borrowed. Returns false if `item` is NULL, or if the dict would
 * have more than VALUE_KEYS_MAX keys.
 */
bool value_set(struct value *dict, const char *key, struct value *item);
bool value_set_key(
	struct value *dict, const char *key, size_t len, struct value *item);
void value_remove(struct value *dict, const char *key);

bool value_is_dict(const struct value *value);
bool value_is_container(const struct value *value);

/* The value of a key, or NULL. */
struct value *value_get(const struct value *dict, const char *key);
struct value *value_get_key(
	const struct value *dict, const char *key, size_t len);

/* Python's bool(value); NULL is false. */
bool value_is_true(const struct value *value);

/*
 * Read an integer of any length as Python's int() does: white space around it,
 * a sign, and digits with single underscores between them. The value's text
 * has neither a plus sign nor leading zeros. Returns NULL for anything else,
 * which value_is_int_text() tells from a lack of memory.
 */
struct value *value_parse_int(
	struct arena *arena, const char *text, size_t len);
bool value_is_int_text(const char *text, size_t len);

/* An int or a bool, clamped to a long long; 0 for any other type. */
long long value_to_integer(const struct value *value);

#endif
