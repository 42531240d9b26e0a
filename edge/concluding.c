/* Adds conclusions to their list. */
#include "edge/concluding.h"

#include <string.h>

#include "base/escape.h"
#include "edge/behaviors.h"

enum {
	CLAUSE_MAX = 64 * 1024, /* bytes of a text or a reason */

	/* Conclusions about one behaviour, and about one distribution. */
	PER_BEHAVIOR_MAX = 10,
	OTHERS_MAX = 20,
};

/* Without a build, its behaviours are those of the prefix itself. */
static int
set_of_build(struct concluding *c, const bool *given)
{
	const struct distribution *d = c->distribution;
	bool *of_build;

	if (given) {
		c->of_build = given;
		return 0;
	}
	of_build = arena_alloc(&c->out->texts, d->behavior_count);
	if (!of_build)
		return -1;
	memset(of_build, 0, d->behavior_count);
	behaviors_of_url(d, c->prefix, strlen(c->prefix), of_build);
	c->of_build = of_build;
	return 0;
}

int
concluding_begin(struct concluding *c, struct conclusions *out,
	const struct reading *reading, const struct conclusions_place *place,
	struct err *err)
{
	const struct distribution *d = &reading->distribution;

	*c = (struct concluding){.reading = reading,
		.distribution = d,
		.prefix = place->prefix,
		.out = out};
	buf_init(&c->text, CLAUSE_MAX);
	buf_init(&c->reason, CLAUSE_MAX);
	*out = (struct conclusions){.root_object = ""};
	arena_init(&out->texts);
	c->room = d->behavior_count * PER_BEHAVIOR_MAX + reading->policy_count +
		  d->error_count + d->origin_count + OTHERS_MAX;
	out->list = arena_alloc(&out->texts, c->room * sizeof(*out->list));
	out->behaviors = arena_alloc(
		&out->texts, d->behavior_count * sizeof(*out->behaviors));
	out->fallbacks = arena_alloc(
		&out->texts, (d->error_count + 1) * sizeof(*out->fallbacks));
	if (!out->list || !out->behaviors || !out->fallbacks ||
		set_of_build(c, place->of_build) != 0)
		return err_memory(err);
	memset(out->behaviors, 0, d->behavior_count * sizeof(*out->behaviors));
	return 0;
}

int
concluding_finish(const struct concluding *c, struct err *err)
{
	if (c->err.code == ERR_NONE)
		return 0;
	*err = c->err;
	return -1;
}

void
concluding_release(struct concluding *c)
{
	buf_release(&c->text);
	buf_release(&c->reason);
}

static const char *
keep(struct concluding *c, struct buf *clause)
{
	const char *copy = NULL;

	if (c->err.code == ERR_NONE && buf_check(clause, &c->err) == 0) {
		copy = arena_copy(&c->out->texts, buf_str(clause), clause->len);
		if (!copy)
			(void)err_memory(&c->err);
	}
	buf_clear(clause);
	return copy ? copy : "";
}

void
concluding_add(struct concluding *c, const char *code,
	enum conclusion_level level, const struct cache_behavior *behavior)
{
	struct conclusion conclusion = {
		.code = code, .level = level, .behavior = behavior};

	conclusion.text = keep(c, &c->text);
	conclusion.reason = keep(c, &c->reason);
	if (c->out->count < c->room)
		c->out->list[c->out->count++] = conclusion;
	else if (c->err.code == ERR_NONE)
		(void)err_set(&c->err, ERR_BUG,
			"there are more conclusions than expected");
}

void
concluding_name(struct buf *out, const char *name)
{
	struct escaped_name shown;

	buf_addstr(out, escape_show_str(&shown, name));
}

bool
concluding_has_event(
	const struct cache_behavior *behavior, enum function_event event)
{
	size_t i;

	for (i = 0; i < behavior->function_count; i++)
		if (behavior->functions[i].event == event)
			return true;
	return false;
}
