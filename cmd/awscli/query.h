/*
 * --query: the paths of JMESPath (https://jmespath.org).
 *
 *   a.b."c d"   members
 *   [0] [-1]    an element
 *   [*]         applies what follows to each element
 *   *           applies what follows to each member of a dict
 *   []          like [*], after merging the lists among the elements
 *   @           the whole value
 *   x | y       y, applied to the whole result of x
 *
 * A projection leaves nulls out; a path that leads nowhere is null. Filters,
 * slices, functions, multiselects and comparisons are rejected with a message
 * that lists the above.
 */
#ifndef CMD_AWSCLI_QUERY_H
#define CMD_AWSCLI_QUERY_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

enum {
	QUERY_STEPS_MAX = 64, /* the output is six levels deep */
};

enum query_kind {
	QUERY_FIELD,
	QUERY_INDEX,
	QUERY_ELEMENTS, /* [*] */
	QUERY_MEMBERS, /* * */
	QUERY_FLATTEN, /* [] */
	QUERY_PIPE,
};

struct query {
	struct query_step {
		enum query_kind kind;
		const struct value *name; /* of a QUERY_FIELD */
		long index; /* of a QUERY_INDEX; negative from the end */
	} steps[QUERY_STEPS_MAX];
	size_t count;
};

/*
 * Parse an expression; the names in it live in the arena. Fails with
 * AWSCLI_PARAM_ERROR: "Bad value for --query ...".
 */
int query_parse(struct query *query, struct arena *arena, const char *text,
	struct fault *fault);

/*
 * Apply a query to a value. The result shares parts of the value, or lives in
 * the arena. Returns NULL if memory runs out.
 */
const struct value *query_search(const struct query *query, struct arena *arena,
	const struct value *value);

#endif
