/* Baselines to write, to read and to compare. */
#ifndef UNIT_BASELINE_FIXTURE_H
#define UNIT_BASELINE_FIXTURE_H

#include "manifest/baseline.h"
#include "manifest/baseline_text.h"
#include "manifest/manifest_seal.h"
#include "tests/unit/fixture.h"

#define LINEAGE "00112233445566778899aabbccddeeff"
#define TAG "00112233"
#define BODY "<InvalidationBatch>\n\nend x\npending y\n</InvalidationBatch>"

static inline void
seal_with_key(struct manifest *m, const char *key)
{
	static const unsigned char fingerprint[FINGERPRINT_SIZE] = {1, 2};
	struct err err = ERR_INIT;

	assert_int_equal(
		manifest_add(m, key, strlen(key), 7, fingerprint, &err), 0);
	assert_int_equal(manifest_add(m, "b\n", 2, 9, fingerprint, &err), 0);
	assert_int_equal(manifest_seal(m, &err), 0);
}

static inline void
fill_baseline(struct baseline *b, uint64_t serial, bool pending)
{
	struct err err = ERR_INIT;

	baseline_init(b);
	assert_int_equal(baseline_begin(b, "E2_test-0", "/docs/", &err), 0);
	snprintf(b->lineage, sizeof(b->lineage), "%s", LINEAGE);
	baseline_set_tag(b);
	b->serial = serial;
	b->values.nothing_known = serial == 0;
	if (serial > 0) {
		manifest_release(&b->manifest);
		snprintf(b->create_time, sizeof(b->create_time),
			"2026-01-02T03:04:05.678Z");
		snprintf(b->invalidation, sizeof(b->invalidation), "I2J0I21");
		seal_with_key(&b->manifest, "old.html");
	}
	b->has_pending = pending;
	if (pending) {
		snprintf(b->pending.reference, sizeof(b->pending.reference),
			"edgediff-1-abc");
		buf_addstr(&b->pending.body, BODY);
		seal_with_key(&b->pending.manifest, "new.html");
	}
}

static inline void
write_baseline(const struct baseline *b, struct buf *text)
{
	struct err err = ERR_INIT;

	buf_init(text, 100000);
	assert_int_equal(baseline_write(b, buf_emit, text, &err), 0);
}

/* The text of a baseline that has every part. */
static inline void
full_baseline_text(struct buf *text)
{
	struct baseline b;

	fill_baseline(&b, 3, true);
	write_baseline(&b, text);
	baseline_release(&b);
}

static inline void
assert_same_baseline(const struct baseline *a, const struct baseline *b)
{
	assert_string_equal(a->distribution, b->distribution);
	assert_string_equal(a->lineage, b->lineage);
	assert_true(a->serial == b->serial);
	assert_string_equal(a->create_time, b->create_time);
	assert_string_equal(a->invalidation, b->invalidation);
	assert_string_equal(a->manifest.hash, b->manifest.hash);
	assert_int_equal(a->manifest.count, b->manifest.count);
	assert_int_equal(a->has_pending, b->has_pending);
	assert_string_equal(a->pending.reference, b->pending.reference);
	assert_string_equal(
		buf_str(&a->pending.body), buf_str(&b->pending.body));
	assert_string_equal(a->pending.manifest.hash, b->pending.manifest.hash);
}

#endif
