/* Prints skeletons. */
#include "cmd/awscli/skeleton.h"

#include <string.h>

#include "cmd/awscli/json_dump.h"
#include "cmd/awscli/validate.h"
#include "cmd/console/output.h"

/* A string is empty in an input, and the name of its member in an output. */
static struct value *
make_skeleton(struct arena *arena, const struct shape *shape, const char *name,
	bool named, const char *time)
{
	struct value *all, *v;
	const struct shape_member *m;

	switch (shape->type) {
	case SHAPE_STRING:
		return value_new_string(arena, named ? name : "");
	case SHAPE_INTEGER:
		return value_new_int(arena, 0);
	case SHAPE_BOOLEAN:
		return value_new_bool(arena, true);
	case SHAPE_TIMESTAMP:
		return value_new_string(arena, time);
	case SHAPE_LIST:
		all = value_new(arena, VALUE_LIST);
		v = make_skeleton(arena, shape->element, "string", named, time);
		return all && value_append(all, v) ? all : NULL;
	default:
		all = value_new(arena, VALUE_DICT);
	}
	for (m = shape->members; all && m->name; m++) {
		v = make_skeleton(arena, m->shape, m->name, named, time);
		if (!value_set(all, m->name, v))
			return NULL;
	}
	return all;
}

static int
print_input(const struct value *value, struct fault *fault)
{
	struct err err = ERR_INIT;

	if (json_dump(output_emit, NULL, value, &err) == 0)
		return 0;
	return fault_from_err(fault, AWSCLI_GENERAL_ERROR, &err);
}

int
skeleton_print(struct session *session, const struct operation *operation,
	const char *kind, const struct value *parameters, struct fault *fault)
{
	bool output = strcmp(kind, "output") == 0;
	bool spaced = session->format == OUTPUT_FORMAT_TEXT ||
		      session->format == OUTPUT_FORMAT_TABLE;
	struct value *value;

	if (!output && strcmp(kind, "input") != 0)
		return fault_set(fault, AWSCLI_PARAM_ERROR,
			"--generate-cli-skeleton %s is not supported; use "
			"input, and --cli-input-json",
			kind);
	if (output &&
		validate_parameters(parameters, operation->input, fault) != 0)
		return -1;
	value = make_skeleton(&session->arena,
		output ? operation->output : operation->input, "", output,
		spaced ? "1970-01-01 00:00:00" : "1970-01-01T00:00:00");
	if (!value)
		return fault_no_memory(fault);
	/* --query and --output apply to outputs only */
	return output ? session_print(session, operation, value, fault)
		      : print_input(value, fault);
}
