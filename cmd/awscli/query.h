/*
 * --query: the paths of JMESPath.
 *
 *   a.b."c d"   members
 *   [0] [-1]    an element
 *   [*]         what follows, for each element
 *   *           the same for each member of a dict
 *   []          the same, and lists among the elements are merged in
 *   @           all of it
 *   x | y       y of the whole of x
 *
 * A projection leaves out what is null; what is not there is null. Filters,
 * slices, functions, selections and comparisons are an error that says so.
 */
#ifndef CMD_AWSCLI_QUERY_H
#define CMD_AWSCLI_QUERY_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

enum {
	QUERY_STEPS_MAX = 64, /* the answers are six levels deep */
};

enum query_kind {
	QUERY_FIELD,
	QUERY_INDEX,
	QUERY_EACH, /* [*] */
	QUERY_MEMBERS, /* * */
	QUERY_FLATTEN, /* [] */
	QUERY_PIPE,
};

struct query {
	struct query_step {
		enum query_kind kind;
		const struct value *name;
		long index;
	} steps[QUERY_STEPS_MAX];
	size_t count;
};

/* AWS_WRONG: "Bad value for --query ...". Names live in the arena. */
int query_read(struct query *query, struct arena *arena, const char *text,
	struct fault *fault);

/* NULL where there is no memory. */
const struct value *query_search(const struct query *query, struct arena *arena,
	const struct value *value);

#endif
