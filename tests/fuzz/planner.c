/*
 * Plans: each passes its check, and for a small set of URLs it is the best one, which
 * a search of every cover finds. The input is a list of numbers: the limits, then the
 * parts of URLs and what holds for each.
 */
#include "tests/fuzz/fuzz.h"

#include "diff/plan.h"
#include "diff/plan_check.h"
#include "tests/unit/plan_oracle.h"

enum {
	LARGE = 200, /* URLs of a set that is only checked */
	STALE_MAX = 6, /* of a set that is searched */
};

static const char *const parts[] = {"a", "b", "c", "/", "/", "!", "%C3%A9",
	"%C3%A8", "%C3", "%7E", "%2A", "%20", "%E2%82%AC", "%E2%82", "index",
	".html"};

static void
take_url_text(struct fuzz_input *input, char text[ROOM])
{
	unsigned count = fuzz_take_byte(input) % 8;
	const char *part;

	snprintf(text, ROOM, "/");
	while (count-- > 0) {
		part = parts[fuzz_take_byte(input) % 16];
		if (strlen(text) + strlen(part) < ROOM - 1)
			memcpy(text + strlen(text), part, strlen(part) + 1);
	}
}

static void
take_url(struct fuzz_input *input, struct url_set *set, struct url *url)
{
	unsigned kind = fuzz_take_byte(input);
	char text[ROOM];
	const char *star;

	take_url_text(input, text);
	star = strstr(text, "%2A");
	*url = (struct url){.len = (uint32_t)strlen(text)};
	url->text = arena_copy(&set->texts, text, url->len);
	HOLDS(url->text != NULL);
	url->cut = star ? (uint32_t)(star - text) : url->len;
	url->stale = kind & 1;
	url->neutral = !url->stale && kind & 2;
	url->exact = !star && !(kind & 4);
}

static void
take_set(struct fuzz_input *input, struct url_set *set)
{
	size_t i;

	*set = (struct url_set){.mount = "/", .mount_len = 1};
	arena_init(&set->texts);
	set->list = calloc(LARGE, sizeof(*set->list));
	HOLDS(set->list != NULL);
	while (input->at < input->end && set->count < LARGE) {
		struct url *url = &set->list[set->count++];

		take_url(input, set, url);
		for (i = 0; i + 1 < set->count; i++)
			if (strcmp(set->list[i].text, url->text) == 0) {
				set->count--;
				break;
			}
	}
}

static void
check_best(const struct plan *plan, const struct url_set *set,
	const struct plan_limits *limits)
{
	struct search s = {.set = set, .limits = limits};
	size_t i;

	search(&s);
	HOLDS(s.found == (plan != NULL));
	if (!plan)
		return;
	HOLDS(plan->cost == s.cost && plan->count == s.count);
	HOLDS(plan->wildcards == s.wildcards && plan->collateral == s.weight);
	for (i = 0; i < s.count; i++)
		HOLDS(strcmp(plan->items[i].text, s.list[i]) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint64_t costs[] = {
		0, 1, 333333, 500000, 1000000, 1000001, 2000000, 1000000000};
	struct fuzz_input input = {data, data + size};
	struct plan_limits limits = {
		.paths_max = 1 + fuzz_take_byte(&input) % 16,
		.wildcards_max = fuzz_take_byte(&input) % 4,
		.collateral_cost = costs[fuzz_take_byte(&input) % 8],
	};
	struct err err = ERR_INIT;
	struct url_set set;
	struct plan plan;
	bool small;
	int rc;

	take_set(&input, &set);
	if (url_set_seal(&set, &err) != 0)
		HOLDS(false && "sealed");
	small = set.count <= URLS && set.stale <= STALE_MAX &&
		limits.paths_max <= URLS;
	rc = plan_make(&plan, &set, &limits, &err);
	if (rc == 0 && plan_check(&plan, &set, &limits, &err) != 0)
		HOLDS(false && "checked");
	if (rc != 0)
		HOLDS(err.code == ERR_INPUT && set.stale > 0);
	if (small)
		check_best(rc == 0 ? &plan : NULL, &set, &limits);
	if (rc == 0)
		plan_release(&plan);
	url_set_release(&set);
	return 0;
}
