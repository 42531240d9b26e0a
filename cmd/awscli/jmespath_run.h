/*
 * One evaluation of a JMESPath expression: its limits, and the values it makes.
 *
 * What returns a value returns NULL on failure, with a fault. A value that is
 * passed on may be NULL for that reason; then so is the result.
 */
#ifndef CMD_AWSCLI_JMESPATH_RUN_H
#define CMD_AWSCLI_JMESPATH_RUN_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/jmespath_node.h"
#include "cmd/awscli/value.h"

enum {
	/*
	 * Nodes evaluated, elements visited and values in the result: bounds
	 * time, memory and output. A list of a million invalidations takes
	 * about 50 million for each [?...], sort_by() or {...}.
	 */
	JMESPATH_STEPS_MAX = 1000 * 1000 * 1000,

	/* Values made: half of them fill the memory of a small machine. */
	JMESPATH_VALUES_MAX = 50 * 1000 * 1000,
};

struct jmespath_run;

/* Evaluates a node on a value. */
typedef const struct value *jmespath_visit_fn(struct jmespath_run *run,
	const struct jmespath_node *node, const struct value *value);

struct jmespath_run {
	struct arena *arena; /* of the values made */
	struct fault *fault;
	jmespath_visit_fn *visit; /* for functions that evaluate an argument */
	int depth; /* calls of visit() within each other */
	long steps, values;
};

/* Count steps. Returns false, with a fault, beyond JMESPATH_STEPS_MAX. */
bool jmespath_run_step(struct jmespath_run *run, size_t count);

/* Fail as Python does: AWSCLI_GENERAL_ERROR. Returns NULL. */
void *jmespath_run_fail(struct jmespath_run *run, const char *message);

/* New values. */
struct value *jmespath_run_new(struct jmespath_run *run, enum value_type type);
struct value *jmespath_run_bool(struct jmespath_run *run, bool truth);
struct value *jmespath_run_int(struct jmespath_run *run, long long number);
struct value *jmespath_run_string(
	struct jmespath_run *run, const char *text, size_t len);

/* null, which needs no memory. */
extern const struct value jmespath_run_null;

/* Append a copy of a value to a list. Returns the list. */
struct value *jmespath_run_append(struct jmespath_run *run, struct value *list,
	const struct value *value);

/* Set a key of a dict to a copy of a value. Returns the dict. */
struct value *jmespath_run_set(struct jmespath_run *run, struct value *dict,
	const char *key, size_t len, const struct value *value);

/* The elements of a list as an array in the arena. */
const struct value **jmespath_run_array(
	struct jmespath_run *run, const struct value *list);

/*
 * Check that a value is no larger than JMESPATH_STEPS_MAX and nested no deeper
 * than VALUE_DEPTH_MAX, so that it can be walked over by recursion: the
 * evaluation shares parts, which count each time. Returns the value.
 */
const struct value *jmespath_run_check(
	struct jmespath_run *run, const struct value *value);

/* The same, and that there is no &reference in it, which cannot be printed. */
const struct value *jmespath_run_check_printable(
	struct jmespath_run *run, const struct value *value);

#endif
