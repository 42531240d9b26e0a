/* Applies the guards to a build. */
#include "cmd/build_guard.h"

#include <string.h>

#include "base/escape.h"
#include "cmd/console/log.h"
#include "diff/guard.h"

static bool
is_in_list(const char *list, const char *name)
{
	size_t len;

	for (;; list += len + 1) {
		len = strcspn(list, ",");
		if (strlen(name) == len && memcmp(list, name, len) == 0)
			return true;
		if (!list[len])
			return false;
	}
}

static bool
is_allowed(const struct settings *settings, const struct guard *guard)
{
	size_t i;

	for (i = 0; i < settings->allow.count; i++)
		if (is_in_list(settings->allow.items[i], guard->name))
			return true;
	return settings->allow_empty && strcmp(guard->name, "empty") == 0;
}

/* Ask each guard; only the first refusal counts, if there may be one. */
static int
check(const struct settings *settings, const char *build,
	const struct guard_input *input, struct err *err)
{
	const struct guard *guard;
	enum guard_verdict verdict;
	struct escaped_name shown;
	struct buf text;
	int rc = 0;

	escape_show_str(&shown, build);
	buf_init(&text, GUARD_TEXT_MAX);
	for (guard = guards; rc == 0 && guard->name; guard++) {
		if (is_allowed(settings, guard))
			continue;
		buf_clear(&text);
		verdict = guard_check(guard, input, &text);
		rc = buf_check(&text, err);
		if (rc == 0 && verdict == GUARD_REFUSE && input->deployed)
			rc = err_set(err, ERR_INPUT, "%s: %s", shown.text,
				buf_str(&text));
		else if (rc == 0 && verdict != GUARD_PASS)
			log_warning(
				"warning: %s: %s", shown.text, buf_str(&text));
	}
	buf_release(&text);
	return rc;
}

static struct guard_input
input_of(const struct settings *settings, const struct delta *delta)
{
	return (struct guard_input){
		.delta = delta,
		.index_document = settings->index_document
					  ? settings->index_document
					  : "index.html",
		.root = settings->root,
		.part = settings->shard != NULL,
	};
}

void
build_guard_warn(const struct settings *settings, const char *build,
	const struct delta *delta)
{
	const struct guard_input input = input_of(settings, delta);
	struct err none = ERR_INIT;

	(void)check(settings, build, &input, &none);
}

int
build_guard_check(const struct settings *settings, const char *build,
	const struct delta *delta, struct err *err)
{
	struct guard_input input = input_of(settings, delta);

	input.deployed = true;
	return check(settings, build, &input, err);
}
