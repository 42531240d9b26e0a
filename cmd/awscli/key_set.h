/* The keys of one or several dicts, sorted and without duplicates. */
#ifndef CMD_AWSCLI_KEY_SET_H
#define CMD_AWSCLI_KEY_SET_H

#include "cmd/awscli/value.h"

enum key_set_kind {
	KEY_SET_SCALARS, /* the keys whose values are no containers */
	KEY_SET_CONTAINERS, /* the keys whose values are lists or dicts */
	KEY_SET_ALL,
};

struct key_set {
	const struct value **list; /* a member with each key */
	size_t count;
};

/* Begin with {NULL, 0}; release it even after a failure. */
void key_set_release(struct key_set *keys);

/*
 * Add keys of a dict, in no order: call key_set_sort() after the last. Returns
 * false if memory runs out.
 */
bool key_set_add(
	struct key_set *keys, const struct value *dict, enum key_set_kind kind);
void key_set_sort(struct key_set *keys);

/* Is the key of a member among them? */
bool key_set_has(const struct key_set *keys, const struct value *member);

#endif
