/*
 * Baselines: what is read and written is read as the same, also after what a run
 * can do to it. A line that is only `end` gets what belongs there.
 */
#include "tests/fuzz/fuzz.h"

#include "manifest/baseline_parser.h"
#include "manifest/baseline_text.h"
#include "manifest/manifest_copy.h"
#include "tests/fuzz/complete.h"

static bool
parse(struct baseline *baseline, const struct buf *text)
{
	char *exact = fuzz_exact(text->data, text->len);
	struct err err = ERR_INIT;
	int rc;

	baseline_init(baseline);
	rc = baseline_parse(baseline, exact, text->len, &err);
	if (rc != 0)
		fuzz_check_error(&err);
	free(exact);
	return rc == 0;
}

static void
write_text(const struct baseline *baseline, struct buf *text)
{
	struct err err = ERR_INIT;

	buf_init(text, FUZZ_TEXT_MAX);
	HOLDS(baseline_write(baseline, buf_emit, text, &err) == 0);
}

/* Is it the same after it was written and read? */
static void
check_round_trip(const struct baseline *baseline)
{
	struct baseline back;
	struct buf text, again;

	write_text(baseline, &text);
	HOLDS(parse(&back, &text));
	HOLDS(back.serial == baseline->serial);
	HOLDS(back.has_pending == baseline->has_pending);
	HOLDS(back.manifest.count == baseline->manifest.count);
	HOLDS(back.values.count == baseline->values.count);
	HOLDS(back.values.nothing_known == baseline->values.nothing_known);
	HOLDS(value_sets_count_keys(&back.values) ==
		value_sets_count_keys(&baseline->values));
	write_text(&back, &again);
	HOLDS(again.len == text.len);
	HOLDS(memcmp(again.data, text.data, text.len) == 0);
	baseline_release(&back);
	buf_release(&text);
	buf_release(&again);
}

/* What runs do: announce the build, refuse or accept the batch, forget. */
static void
go_on(struct baseline *baseline, unsigned what)
{
	struct manifest build;
	struct err err = ERR_INIT;
	bool changed = false;

	if (what & 1 && baseline_last(baseline)) {
		HOLDS(manifest_copy(&build, baseline_last(baseline), &err) ==
			0);
		HOLDS(baseline_add_values(baseline, &build, &changed, &err) ==
			0);
		check_round_trip(baseline);
		changed = false;
		HOLDS(baseline_add_values(baseline, &build, &changed, &err) ==
			0);
		HOLDS(!changed);
		manifest_release(&build);
	}
	if (what & 2)
		baseline_forget(baseline);
	if (what & 4 && baseline->has_pending &&
		baseline->serial < UINT64_MAX) {
		memcpy(baseline->create_time, "-", 2);
		memcpy(baseline->invalidation, "-", 2);
		baseline_advance(baseline);
	} else if (what & 8 && baseline->has_pending) {
		HOLDS(baseline_drop(baseline, NULL, &err) == 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct baseline baseline;
	struct buf text;

	if (size == 0)
		return 0;
	buf_init(&text, FUZZ_TEXT_MAX);
	complete(&text, data + 1, size - 1);
	if (parse(&baseline, &text)) {
		check_round_trip(&baseline);
		go_on(&baseline, *data);
		check_round_trip(&baseline);
	}
	baseline_release(&baseline);
	buf_release(&text);
	return 0;
}
