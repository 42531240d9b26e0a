/* Prints faults. */
#include "cmd/awscli/error_format.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cmd/awscli/arg_parser.h"
#include "cmd/awscli/output_format.h"
#include "cmd/awscli/python_text.h"

enum {
	SHOWN_MAX = 128 * 1024 * 1024, /* twice a fault's text */
};

enum error_format
error_format_of(const char *name)
{
	int i;

	for (i = 0; name && i < ERROR_FORMATS; i++)
		if (strcasecmp(name, error_format_names[i]) == 0)
			return (enum error_format)i;
	return ERROR_FORMAT_ENHANCED;
}

enum error_format
error_format_configured(const struct aws_config *config)
{
	const char *variable =
		environment_get(config->environment, "AWS_CLI_ERROR_FORMAT");

	if (!variable && !config->profile)
		return ERROR_FORMAT_LEGACY;
	return error_format_of(
		variable ? variable
			 : aws_config_get(config, NULL, "cli_error_format"));
}

/* Write "aws: [ERROR]: " and the text without the white space around it. */
static void
write_message(const char *text, size_t len)
{
	static const char prefix[] = "\naws: [ERROR]: ";
	size_t n;

	while ((n = python_space_length(text, len)) > 0) {
		text += n;
		len -= n;
	}
	while (len > 0 && python_space_length(text + len - 1, 1) == 1)
		len--;
	fault_write(prefix, len > 0 ? sizeof(prefix) - 1 : sizeof(prefix) - 2);
	fault_write(text, len);
	fault_write("\n", 1);
}

/* Write the code and the message as an output. Returns false if it can't. */
static bool
write_structured(const struct fault *fault, const char *message,
	enum output_format format, const char *color)
{
	struct value *error;
	struct fault why;
	struct arena arena;
	struct buf out;
	bool done;

	fault_init(&why);
	arena_init(&arena);
	buf_init(&out, SHOWN_MAX);
	error = value_new(&arena, VALUE_DICT);
	/* the order in which the AWS CLI has them */
	if (error && fault->status == AWSCLI_CLIENT_ERROR)
		value_set(error, "Message", value_new_string(&arena, message));
	done = error &&
	       value_set(
		       error, "Code", value_new_string(&arena, fault->code)) &&
	       value_set(error, "Message", value_new_string(&arena, message)) &&
	       output_format_append(&out, format, &arena, "error", color, error,
		       &why) == 0 &&
	       !out.failed;
	if (done)
		fault_write(buf_str(&out), out.len);
	buf_release(&out);
	arena_release(&arena);
	fault_release(&why);
	return done;
}

static void
print_with_code(const struct fault *fault, const struct buf *message,
	enum error_format format, const char *color)
{
	static const enum output_format formats[ERROR_FORMATS] = {
		[ERROR_FORMAT_JSON] = OUTPUT_FORMAT_JSON,
		[ERROR_FORMAT_YAML] = OUTPUT_FORMAT_YAML,
		[ERROR_FORMAT_TEXT] = OUTPUT_FORMAT_TEXT,
		[ERROR_FORMAT_TABLE] = OUTPUT_FORMAT_TABLE,
	};
	struct buf out;

	if (format != ERROR_FORMAT_LEGACY && format != ERROR_FORMAT_ENHANCED &&
		write_structured(fault, buf_shown(message) + fault->own,
			formats[format], color))
		return;
	buf_init(&out, SHOWN_MAX);
	/* the service's messages have the code in them */
	if (format == ERROR_FORMAT_ENHANCED &&
		fault->status != AWSCLI_CLIENT_ERROR)
		buf_addf(&out, "An error occurred (%s): ", fault->code);
	buf_append(&out, message);
	if (out.failed)
		buf_clear(&out);
	write_message(buf_shown(out.len > 0 ? &out : message),
		out.len > 0 ? out.len : message->len);
	buf_release(&out);
}

void
error_format_print(
	const struct fault *fault, enum error_format format, const char *color)
{
	static const char no_memory[] = "out of memory";
	struct buf message;

	if (fault->usage == FAULT_USAGE_BEFORE)
		fprintf(stderr, "\n%s\n", arg_usage);
	buf_init(&message, SHOWN_MAX);
	buf_append(&message, &fault->text);
	if (fault->usage == FAULT_USAGE_AFTER)
		buf_addf(&message, "\n\n%s", arg_usage);
	if (fault->text.failed || message.failed)
		write_message(no_memory, strlen(no_memory));
	else if (fault->code && fault->usage != FAULT_USAGE_BEFORE)
		print_with_code(fault, &message, format, color);
	else
		write_message(buf_str(&message), message.len);
	buf_release(&message);
}
