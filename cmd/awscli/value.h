/*
 * Values between a command line, JSON, shorthand and XML, with what of
 * Python's own types shows in the AWS CLI's messages. They live in an arena,
 * in one container at most.
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
	VALUE_ORDERED, /* a dict as well: Python's OrderedDict */
};

enum {
	/* Python's own limit of recursion, less what the CLI has used. */
	VALUE_DEPTH_MAX = 900,

	/* A dict is searched key by key; real ones have four. */
	VALUE_KEYS_MAX = 10 * 1000,
};

struct value {
	enum value_type type;
	bool truth; /* of a bool */
	const char *text; /* string, bytes; a number as Python shows it */
	size_t len;
	const char *key; /* in a dict */
	size_t key_len;
	struct value *first, *last; /* of a list or dict */
	size_t count;
	struct value *next;
};

/* All that make one return NULL where there is no memory. */
struct value *value_make(struct arena *arena, enum value_type type);
struct value *value_text(struct arena *arena, enum value_type type,
	const char *text, size_t len);
struct value *value_string(struct arena *arena, const char *text);
struct value *value_bool(struct arena *arena, bool truth);
struct value *value_int(struct arena *arena, long long number);
struct value *value_double(struct arena *arena, double number);

/* One that can go into another container; lists and dicts are shared. */
struct value *value_again(struct arena *arena, const struct value *value);

/*
 * Put `item` at the end, or in the place of the one that has its key, which is
 * borrowed. False where item is NULL or there are too many keys.
 */
bool value_add(struct value *list, struct value *item);
bool value_put(struct value *dict, const char *key, struct value *item);
bool value_put_key(
	struct value *dict, const char *key, size_t len, struct value *item);
void value_remove(struct value *dict, const char *key);

bool value_is_dict(const struct value *value);
bool value_is_container(const struct value *value);

/* NULL where there is none. */
struct value *value_get(const struct value *dict, const char *key);

/* Python's truth of a value; NULL is none. */
bool value_is_true(const struct value *value);

/*
 * Read an int as Python's int() does: blanks around it, a sign, digits with
 * single underscores between them; NULL where it is none. The value is an
 * int's text without sign and zeros that say nothing.
 */
struct value *value_read_int(struct arena *arena, const char *text, size_t len);

/* As a number, cut to the range of a long long. */
long long value_number(const struct value *value);

/* As Python's repr() and str() show it, and the name of its type. */
void value_repr(struct buf *out, const struct value *value);
void value_str(struct buf *out, const struct value *value);
const char *value_type_name(const struct value *value);

/* The characters of a text, as Python counts them. */
size_t value_length(const char *text, size_t len);

/* Python's str.isspace, for ASCII. */
bool value_is_blank(char c);

/* The bytes of the blank that the text begins with, of any kind; 0: none. */
size_t value_blank(const char *text, size_t len);

/* As json.dump(value, indent=4, ensure_ascii=False), and a newline. */
void value_print_json(struct buf *out, const struct value *value);

#endif
