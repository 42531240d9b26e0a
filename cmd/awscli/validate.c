/* Validates parameters. */
#include "cmd/awscli/validate.h"

#include "cmd/awscli/value_repr.h"

enum {
	REPORT_MAX = 64 * 1024 * 1024,
	PARAMETER_NAME_MAX = 4096, /* InvalidationBatch.Paths.Items[2999] */
};

/* The defects so far, and the name of the current parameter. */
struct validation {
	struct buf report;
	struct buf name; /* ".InvalidationBatch.Paths" */
};

static const char *
parameter_name(const struct validation *check)
{
	const char *name = buf_shown(&check->name);

	return *name == '.' ? name + 1 : *name ? name : "input";
}

static void
cut_name(struct validation *check, size_t len)
{
	check->name.len = len;
	if (check->name.data)
		check->name.data[len] = '\0';
}

static void
begin_line(struct validation *check)
{
	buf_addstr(&check->report, check->report.len > 0 ? "\n" : "");
}

static bool
fits(const struct value *value, enum shape_type type)
{
	switch (type) {
	case SHAPE_STRUCTURE:
		return value_is_dict(value);
	case SHAPE_LIST:
		return value->type == VALUE_LIST;
	case SHAPE_INTEGER:
		return value->type == VALUE_INT || value->type == VALUE_BOOL;
	case SHAPE_BOOLEAN:
		return value->type == VALUE_BOOL;
	default:
		return value->type == VALUE_STRING;
	}
}

static void
report_type(struct validation *check, const struct value *value,
	enum shape_type type)
{
	static const char *const valid[] = {
		[SHAPE_STRUCTURE] = "<class 'dict'>",
		[SHAPE_LIST] = "<class 'list'>, <class 'tuple'>",
		[SHAPE_STRING] = "<class 'str'>",
		[SHAPE_INTEGER] = "<class 'int'>",
		[SHAPE_BOOLEAN] = "<class 'bool'>",
		[SHAPE_TIMESTAMP] =
			"<class 'datetime.datetime'>, timestamp-string",
	};

	begin_line(check);
	buf_addf(&check->report, "Invalid type for parameter %s, value: ",
		parameter_name(check));
	value_str(&check->report, value);
	buf_addf(&check->report, ", type: <class '%s'>, valid types: %s",
		value_type_name(value), valid[type]);
}

static void
report_missing(struct validation *check, const struct value *dict,
	const struct shape *shape)
{
	const struct shape_member *m;

	for (m = shape->members; m->name; m++) {
		if (!m->required || value_get(dict, m->name))
			continue;
		begin_line(check);
		buf_addf(&check->report,
			"Missing required parameter in %s: \"%s\"",
			parameter_name(check), m->name);
	}
}

static void
report_unknown(struct validation *check, const struct value *dict,
	const struct shape *shape)
{
	const struct shape_member *m;
	const struct value *v;

	for (v = dict->first; v; v = v->next) {
		if (shape_member(shape, v->key, v->key_len))
			continue;
		begin_line(check);
		buf_addf(&check->report, "Unknown parameter in %s: \"",
			parameter_name(check));
		buf_add(&check->report, v->key, v->key_len);
		buf_addstr(&check->report, "\", must be one of: ");
		for (m = shape->members; m->name; m++)
			buf_addf(&check->report, "%s%s",
				m > shape->members ? ", " : "", m->name);
	}
}

static void
check_value(struct validation *check, const struct value *value,
	const struct shape *shape)
{
	size_t len = check->name.len, i = 0;
	const struct shape_member *m;
	const struct value *v;

	if (!fits(value, shape->type)) {
		report_type(check, value, shape->type);
		return;
	}
	if (shape->type == SHAPE_LIST)
		for (v = value->first; v; v = v->next) {
			buf_addf(&check->name, "[%zu]", i++);
			check_value(check, v, shape->element);
			cut_name(check, len);
		}
	if (shape->type != SHAPE_STRUCTURE)
		return;
	report_missing(check, value, shape);
	report_unknown(check, value, shape);
	for (v = value->first; v; v = v->next) {
		m = shape_member(shape, v->key, v->key_len);
		if (!m)
			continue;
		buf_addf(&check->name, ".%s", m->name);
		check_value(check, v, m->shape);
		cut_name(check, len);
	}
}

int
validate_parameters(const struct value *parameters, const struct shape *shape,
	struct fault *fault)
{
	struct validation check;
	int rc = 0;

	buf_init(&check.report, REPORT_MAX);
	buf_init(&check.name, PARAMETER_NAME_MAX);
	buf_addstr(&check.name, "");
	check_value(&check, parameters, shape);
	if (check.report.failed || check.name.failed)
		rc = fault_no_memory(fault);
	else if (check.report.len > 0)
		rc = fault_set(fault, AWSCLI_PARAM_ERROR,
			"Parameter validation failed:\n");
	buf_append(&fault->text, &check.report);
	buf_release(&check.report);
	buf_release(&check.name);
	return rc;
}
