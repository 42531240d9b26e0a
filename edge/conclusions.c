/* Draws all conclusions from a reading. */
#include "edge/conclusions.h"

#include "edge/behavior_rules.h"
#include "edge/concluding.h"
#include "edge/distribution_rules.h"

/* In this order: later rules use what earlier ones found. */
static void (*const rules[])(struct concluding *c) = {
	distribution_rule_doubts,
	distribution_rule_mode,
	distribution_rule_staging,
	behavior_rule_functions,
	behavior_rule_cached,
	behavior_rule_foreign,
	behavior_rule_index_urls,
	distribution_rule_root_object,
	behavior_rule_query_strings,
	distribution_rule_errors,
	distribution_rule_origin_path,
	behavior_rule_signed,
	behavior_rule_smooth_streaming,
};

int
conclusions_draw(struct conclusions *out, const struct reading *reading,
	const struct conclusions_place *place, struct err *err)
{
	struct concluding c;
	size_t i;
	int rc;

	rc = concluding_begin(&c, out, reading, place, err);
	for (i = 0; rc == 0 && i < sizeof(rules) / sizeof(rules[0]); i++)
		rules[i](&c);
	if (rc == 0)
		rc = concluding_finish(&c, err);
	concluding_release(&c);
	return rc;
}

void
conclusions_release(struct conclusions *conclusions)
{
	arena_release(&conclusions->texts);
	*conclusions = (struct conclusions){.root_object = ""};
}

const char *
conclusions_word(enum conclusion_level level)
{
	return level == CONCLUSION_ERROR     ? "error"
	       : level == CONCLUSION_WARNING ? "warning"
					     : "note";
}
