/* Makes skeletons. */
#include "cmd/awscli/skeleton.h"

#include <string.h>

#include "cmd/awscli/json_dump.h"
#include "cmd/awscli/validate.h"
#include "cmd/console/output.h"

/* Strings are empty in an input, and named after their member in an output. */
static struct value *
make(struct arena *arena, const struct shape *shape, const char *name,
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
		v = make(arena, shape->element, "string", named, time);
		return all && value_append(all, v) ? all : NULL;
	default:
		all = value_new(arena, VALUE_DICT);
	}
	for (m = shape->members; all && m->name; m++) {
		v = make(arena, m->shape, m->name, named, time);
		if (!value_set(all, m->name, v))
			return NULL;
	}
	return all;
}

static int
print_input(
	struct session *session, const struct value *value, struct fault *fault)
{
	struct err err = ERR_INIT;
	struct buf out;
	int rc;

	(void)session;
	buf_init(&out, 64 * 1024);
	json_dump(&out, value);
	rc = buf_check(&out, &err);
	if (rc == 0)
		rc = output_emit(NULL, out.data, out.len, &err);
	buf_release(&out);
	return rc == 0 ? 0 : fault_from_err(fault, AWSCLI_GENERAL_ERROR, &err);
}

int
skeleton_print(struct session *session, const struct operation *operation,
	const char *kind, const struct value *parameters, struct fault *fault)
{
	bool output = strcmp(kind, "output") == 0;
	struct value *value;

	if (!output && strcmp(kind, "input") != 0)
		return fault_set(fault, AWSCLI_PARAM_ERROR,
			"--generate-cli-skeleton %s is not offered: take input "
			"and --cli-input-json",
			kind);
	if (output &&
		validate_parameters(parameters, operation->input, fault) != 0)
		return -1;
	value = make(&session->arena,
		output ? operation->output : operation->input, "", output,
		session->text ? "1970-01-01 00:00:00" : "1970-01-01T00:00:00");
	if (!value)
		return fault_no_memory(fault);
	/* only an output is what --query and --output are about */
	return output ? session_print(session, value, fault)
		      : print_input(session, value, fault);
}
