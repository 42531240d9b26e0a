/* Baselines to write, to read and to compare. */
#ifndef UNIT_BASELINE_FIXTURE_H
#define UNIT_BASELINE_FIXTURE_H

#include "base/hex.h"
#include "manifest/baseline.h"
#include "manifest/baseline_parser.h"
#include "manifest/baseline_text.h"
#include "manifest/manifest_seal.h"
#include "tests/unit/fixture.h"

#define LINEAGE "00112233445566778899aabbccddeeff"
#define TAG "00112233"
#define MORE "later \xc3\xa9  x \nlater \nanother-one\n"
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

	buf_init(text, 1000000);
	assert_int_equal(baseline_write(b, buf_emit, text, &err), 0);
}

/* The text of a baseline with a manifest and a pending batch. */
static inline void
full_baseline_text(struct buf *text)
{
	struct baseline b;

	fill_baseline(&b, 3, true);
	write_baseline(&b, text);
	baseline_release(&b);
}

/* Either can be NULL. */
static inline void
assert_same_text(const char *a, const char *b)
{
	assert_int_equal(a == NULL, b == NULL);
	if (a)
		assert_string_equal(a, b);
}

static inline void
assert_same_values(const struct value_sets *a, const struct value_sets *b)
{
	size_t i;

	assert_int_equal(a->nothing_known, b->nothing_known);
	assert_int_equal(a->count, b->count);
	for (i = 0; i < a->count; i++)
		assert_int_equal(value_compare(&a->list[i], &b->list[i]), 0);
}

static inline void
assert_same_baseline(const struct baseline *a, const struct baseline *b)
{
	assert_string_equal(a->distribution, b->distribution);
	assert_same_text(a->prefix, b->prefix);
	assert_string_equal(a->lineage, b->lineage);
	assert_string_equal(a->tag, b->tag);
	assert_true(a->serial == b->serial);
	assert_string_equal(a->create_time, b->create_time);
	assert_string_equal(a->invalidation, b->invalidation);
	assert_string_equal(a->horizon_time, b->horizon_time);
	assert_string_equal(a->horizon, b->horizon);
	assert_string_equal(a->dropped, b->dropped);
	assert_same_text(a->url_forms, b->url_forms);
	assert_string_equal(buf_str(&a->more), buf_str(&b->more));
	assert_same_values(&a->values, &b->values);
	assert_string_equal(a->manifest.hash, b->manifest.hash);
	assert_int_equal(a->manifest.count, b->manifest.count);
	assert_int_equal(a->has_pending, b->has_pending);
	assert_string_equal(a->pending.reference, b->pending.reference);
	assert_string_equal(
		buf_str(&a->pending.body), buf_str(&b->pending.body));
	assert_same_text(a->pending.url_forms, b->pending.url_forms);
	assert_string_equal(
		buf_str(&a->pending.more), buf_str(&b->pending.more));
	assert_same_values(&a->pending.values, &b->pending.values);
	assert_string_equal(a->pending.manifest.hash, b->pending.manifest.hash);
}

/* Read from memory of exactly that size, so that no byte after it is seen. */
static inline int
read_exactly(struct baseline *b, const char *text, size_t len, struct err *err)
{
	char *copy = malloc(len ? len : 1);
	int rc;

	assert_non_null(copy);
	memcpy(copy, text, len);
	rc = baseline_parse(b, copy, len, err);
	free(copy);
	return rc;
}

/* Add what a build with this key alone would leave in caches. */
static inline void
add_values(struct baseline *b, const char *key)
{
	struct manifest build;
	struct err err = ERR_INIT;
	bool changed = false;

	manifest_init(&build);
	seal_with_key(&build, key);
	assert_int_equal(baseline_add_values(b, &build, &changed, &err), 0);
	assert_true(changed);
	manifest_release(&build);
}

static inline void
assert_round_trip(const struct baseline *b)
{
	struct err err = ERR_INIT;
	struct baseline back;
	struct buf text, again;

	write_baseline(b, &text);
	baseline_init(&back);
	if (read_exactly(&back, text.data, text.len, &err) != 0)
		fail_msg("%s", err.message);
	assert_same_baseline(b, &back);
	write_baseline(&back, &again);
	assert_string_equal(buf_str(&again), buf_str(&text));
	baseline_release(&back);
	buf_release(&again);
	buf_release(&text);
}

static inline void
read_well(struct baseline *b, const struct buf *text)
{
	struct err err = ERR_INIT;

	baseline_init(b);
	if (read_exactly(b, text->data, text->len, &err) != 0)
		fail_msg("%s in\n%s", err.message, text->data);
}

static inline void
assert_refused(const char *text, size_t len, const char *what, size_t at)
{
	struct baseline b;
	struct err err = ERR_INIT;

	baseline_init(&b);
	if (read_exactly(&b, text, len, &err) != -1)
		fail_msg("accepted: %s at byte %zu", what, at);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(strncmp(err.message, "line", 4), 0);
	baseline_release(&b);
}

/* Append the end line that fits. */
static inline void
add_end(struct buf *text)
{
	unsigned char digest[SHA256_SIZE];
	char hash[SHA256_HEX_SIZE];
	struct err err = ERR_INIT;

	assert_int_equal(sha256_of(buf_str(text), text->len, digest, &err), 0);
	hex_encode(hash, digest, sizeof(digest));
	buf_addf(text, "end %s\n", hash);
}

#endif
