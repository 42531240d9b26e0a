/* Writes standard output, and JSON. */
#include "cmd/console/output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"
#include "cmd/command.h"
#include "diff/price.h"

enum {
	JSON_MAX = 2000 * 1000 * 1000, /* a diff of ten million long keys */
};

int
output_emit(void *to, const void *bytes, size_t len, struct err *err)
{
	(void)to;
	if (fwrite(bytes, 1, len, stdout) != len)
		return err_system(err, "cannot write standard output");
	return 0;
}

int
output_finish(struct err *err)
{
	errno = 0;
	if (fflush(stdout) != 0 || ferror(stdout))
		return err_system(err, "cannot write standard output");
	return 0;
}

int
log_failure(const struct err *err)
{
	switch (err->code) {
	case ERR_USAGE:
		log_error("%s", err->message);
		log_info("'edgediff help' lists the commands, "
			 "'edgediff help COMMAND' the options of one");
		return EXIT_USAGE;
	case ERR_UNCONFIGURED:
		log_error("%s", err->message);
		log_info("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or "
			 "AWS_PROFILE, or give the job a role: 'man edgediff' "
			 "has "
			 "the order in which they are looked for");
		return EXIT_FAILED;
	case ERR_BUG:
		log_error("this is a bug in edgediff, please report it: %s",
			err->message);
		return EXIT_FAILED;
	default:
		log_error("%s", err->message);
		return EXIT_FAILED;
	}
}

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

/* Whole numbers as such; a fraction as short as it reads back the same. */
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

void
json_print(struct buf *out, const cJSON *tree)
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
	json_print(&text, tree);
	if (buf_check(&text, err) != 0)
		goto out;
	rc = output_emit(NULL, text.data, text.len, err);
out:
	cJSON_Delete(tree);
	buf_release(&text);
	return rc;
}

cJSON *
json_key(const char *key, size_t len)
{
	struct buf escaped;
	cJSON *string = NULL;

	if (utf8_is_valid(key, len))
		return cJSON_CreateString(key);
	buf_init(&escaped, 4 * len);
	escape_name_utf8(&escaped, key, len);
	if (!escaped.failed)
		string = cJSON_CreateString(buf_str(&escaped));
	buf_release(&escaped);
	return string;
}

bool
json_put(cJSON *object, const char *name, cJSON *item)
{
	if (!object || !item) {
		cJSON_Delete(item);
		return false;
	}
	if (cJSON_AddItemToObject(object, name, item))
		return true;
	cJSON_Delete(item);
	return false;
}

cJSON *
json_texts(const char *const *texts, size_t count)
{
	cJSON *array = cJSON_CreateArray(), *text;
	size_t i;

	for (i = 0; array && i < count; i++) {
		text = cJSON_CreateString(texts[i]);
		if (!text || !cJSON_AddItemToArray(array, text)) {
			cJSON_Delete(text);
			cJSON_Delete(array);
			return NULL;
		}
	}
	return array;
}

cJSON *
json_counts(const struct changes *changes)
{
	cJSON *counts = cJSON_CreateObject();

	if (cJSON_AddNumberToObject(counts, "added", (double)changes->added) &&
		cJSON_AddNumberToObject(
			counts, "changed", (double)changes->changed) &&
		cJSON_AddNumberToObject(
			counts, "removed", (double)changes->removed))
		return counts;
	cJSON_Delete(counts);
	return NULL;
}

static cJSON *
json_items(const struct plan *plan)
{
	cJSON *items = cJSON_CreateArray(), *item;
	size_t i;

	for (i = 0; items && i < plan->count; i++) {
		item = cJSON_CreateString(plan->items[i].text);
		if (!item || !cJSON_AddItemToArray(items, item)) {
			cJSON_Delete(item);
			cJSON_Delete(items);
			return NULL;
		}
	}
	return items;
}

cJSON *
json_plan(const struct plan *plan, const struct changes *changes)
{
	cJSON *tree = cJSON_CreateObject();

	if (json_put(tree, "items", json_items(plan)) &&
		cJSON_AddNumberToObject(tree, "paths", (double)plan->count) &&
		cJSON_AddNumberToObject(
			tree, "wildcards", (double)plan->wildcards) &&
		cJSON_AddNumberToObject(tree, "urls", (double)plan->urls) &&
		cJSON_AddNumberToObject(tree, "stale", (double)plan->stale) &&
		cJSON_AddNumberToObject(
			tree, "collateral", (double)plan->collateral) &&
		cJSON_AddNumberToObject(
			tree, "cost", (double)plan->cost / COST_UNIT) &&
		json_put(tree, "changes", json_counts(changes)) &&
		cJSON_AddNumberToObject(
			tree, "price_usd", price_usd(plan->count)))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}
