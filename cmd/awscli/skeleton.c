/* Prints skeletons. */
#include "cmd/awscli/skeleton.h"

#include <string.h>

#include "cmd/awscli/json_dump.h"
#include "cmd/awscli/validate.h"
#include "cmd/awscli/yaml_formatter.h"
#include "cmd/awscli/yaml_reader.h"
#include "cmd/console/output.h"

enum { YAML_SKELETON_MAX = 64 * 1024 };

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
print_json(const struct value *value, struct fault *fault)
{
	struct err err = ERR_INIT;

	if (json_dump(output_emit, NULL, value, &err) == 0)
		return 0;
	return fault_from_err(fault, AWSCLI_GENERAL_ERROR, &err);
}

static int
print_yaml(const struct value *value, struct fault *fault)
{
	struct err err = ERR_INIT;
	struct buf text;
	int rc = -1;

	buf_init(&text, YAML_SKELETON_MAX);
	if (!yaml_format(&text, value))
		fault_no_memory(fault);
	else if (output_emit(NULL, text.data, text.len, &err) != 0)
		fault_from_err(fault, AWSCLI_GENERAL_ERROR, &err);
	else
		rc = 0;
	buf_release(&text);
	return rc;
}

int
skeleton_print(struct session *session, const struct operation *operation,
	const char *kind, const struct value *parameters, struct fault *fault)
{
	bool output = strcmp(kind, "output") == 0;
	bool yaml = strcmp(kind, "yaml-input") == 0;
	bool spaced = session->format == OUTPUT_FORMAT_TEXT ||
		      session->format == OUTPUT_FORMAT_TABLE;
	struct value *value;

	if (yaml && !yaml_is_read())
		return fault_set(fault, AWSCLI_PARAM_ERROR,
			"--generate-cli-skeleton yaml-input is not supported "
			"by this edgediff, which was built without libyaml; "
			"use input, and --cli-input-json");
	if (output &&
		validate_parameters(parameters, operation->input, fault) != 0)
		return -1;
	value = make_skeleton(&session->arena,
		output ? operation->output : operation->input, "", output,
		spaced ? "1970-01-01 00:00:00" : "1970-01-01T00:00:00");
	if (!value)
		return fault_no_memory(fault);
	/* --query and --output apply to outputs only */
	if (output)
		return session_print(session, operation, value, fault);
	return yaml ? print_yaml(value, fault) : print_json(value, fault);
}
