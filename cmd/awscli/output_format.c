/* Chooses a formatter, and prints what it makes. */
#include "cmd/awscli/output_format.h"

#include <string.h>

#include "cmd/awscli/json_dump.h"
#include "cmd/awscli/table_formatter.h"
#include "cmd/awscli/text_formatter.h"
#include "cmd/awscli/yaml_formatter.h"
#include "cmd/console/output.h"
#include "cmd/console/terminal.h"

enum {
	OUTPUT_MAX = 1024 * 1024 * 1024,
};

static bool
is_coloured(const char *color)
{
	if (color && strcmp(color, "auto") != 0)
		return strcmp(color, "on") == 0;
	return terminal_takes_output();
}

int
output_format_append(struct buf *out, enum output_format format,
	struct arena *arena, const char *title, const char *color,
	const struct value *value, struct fault *fault)
{
	struct err err = ERR_INIT;
	bool ok;

	if (format == OUTPUT_FORMAT_TABLE)
		return table_format(out, arena, title, value,
			terminal_output_columns(), is_coloured(color), fault);
	if (format == OUTPUT_FORMAT_JSON)
		ok = json_dump(buf_emit, out, value, &err) == 0;
	else if (format == OUTPUT_FORMAT_YAML)
		ok = yaml_format(out, value);
	else if (format == OUTPUT_FORMAT_YAML_STREAM)
		ok = yaml_format_item(out, value);
	else
		ok = text_format(out, value);
	return ok ? 0 : fault_no_memory(fault);
}

int
output_format_print(enum output_format format, struct arena *arena,
	const char *title, const char *color, const struct value *value,
	struct fault *fault)
{
	bool empty = value_is_dict(value) && !value->first;
	struct err err = ERR_INIT;
	struct buf out;
	int rc;

	/* but as text, the CLI prints nothing for an empty output */
	if (format == OUTPUT_FORMAT_OFF ||
		(empty && format != OUTPUT_FORMAT_TEXT))
		return 0;
	if (format == OUTPUT_FORMAT_JSON) /* as a stream */
		return json_dump(output_emit, NULL, value, &err) == 0
			       ? 0
			       : fault_from_err(
					 fault, AWSCLI_GENERAL_ERROR, &err);
	buf_init(&out, OUTPUT_MAX);
	rc = output_format_append(
		&out, format, arena, title, color, value, fault);
	if (rc == 0 &&
		(buf_check(&out, &err) != 0 ||
			output_emit(NULL, buf_str(&out), out.len, &err) != 0))
		rc = fault_from_err(fault, AWSCLI_GENERAL_ERROR, &err);
	buf_release(&out);
	return rc;
}
