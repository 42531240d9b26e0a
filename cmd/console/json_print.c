/* Prints cJSON trees. */
#include "cmd/console/json_print.h"

#include <stdbool.h>

#include "cmd/console/output.h"

enum {
	JSON_MAX = 2000 * 1000 * 1000, /* a diff of ten million long keys */
};

static void
print_string(struct buf *out, const char *text)
{
	const char *at;

	buf_addch(out, '"');
	for (at = text; *at; at++) {
		switch (*at) {
		case '"':
		case '\\':
			buf_addch(out, '\\');
			buf_addch(out, *at);
			break;
		case '\n':
			buf_addstr(out, "\\n");
			break;
		case '\r':
			buf_addstr(out, "\\r");
			break;
		case '\t':
			buf_addstr(out, "\\t");
			break;
		default:
			if ((unsigned char)*at < 0x20 ||
				(*at == '#' && at > text && at[-1] == '#'))
				buf_addf(out, "\\u%04x", (unsigned)*at);
			else
				buf_addch(out, *at);
		}
	}
	buf_addch(out, '"');
}

/*
 * Print a whole number without a fraction, and any other with the fewest digits
 * that read back as the same number.
 */
static void
print_number(struct buf *out, double number)
{
	if (number >= 0 && number < 9007199254740992.0 &&
		(double)(unsigned long long)number == number)
		buf_addf(out, "%llu", (unsigned long long)number);
	else
		buf_addf(out, "%.15g", number);
}

static void
indent(struct buf *out, int level)
{
	buf_addch(out, '\n');
	for (; level > 0; level--)
		buf_addstr(out, "    ");
}

static void
print_value(struct buf *out, const cJSON *value, int level)
{
	bool object = cJSON_IsObject(value);
	const cJSON *child;

	if (cJSON_IsString(value)) {
		print_string(out, value->valuestring);
	} else if (cJSON_IsNumber(value)) {
		print_number(out, value->valuedouble);
	} else if (cJSON_IsBool(value)) {
		buf_addstr(out, cJSON_IsTrue(value) ? "true" : "false");
	} else if (!object && !cJSON_IsArray(value)) {
		buf_addstr(out, "null");
	} else {
		buf_addch(out, object ? '{' : '[');
		cJSON_ArrayForEach(child, value)
		{
			indent(out, level + 1);
			if (object) {
				print_string(out, child->string);
				buf_addstr(out, ": ");
			}
			print_value(out, child, level + 1);
			if (child->next)
				buf_addch(out, ',');
		}
		if (value->child)
			indent(out, level);
		buf_addch(out, object ? '}' : ']');
	}
}

/* Append the document and a newline. */
static void
print_document(struct buf *out, const cJSON *tree)
{
	print_value(out, tree, 0);
	buf_addch(out, '\n');
}

int
json_output(cJSON *tree, struct err *err)
{
	struct buf text;
	int rc = -1;

	buf_init(&text, JSON_MAX);
	if (!tree) {
		err_memory(err);
		goto out;
	}
	print_document(&text, tree);
	if (buf_check(&text, err) != 0)
		goto out;
	rc = output_emit(NULL, text.data, text.len, err);
out:
	cJSON_Delete(tree);
	buf_release(&text);
	return rc;
}
