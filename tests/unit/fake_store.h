/* A baseline in memory, whose saves can fail in every way. */
#ifndef UNIT_FAKE_STORE_H
#define UNIT_FAKE_STORE_H

#include "deploy/store.h"
#include "manifest/baseline_parser.h"
#include "manifest/baseline_text.h"
#include "tests/unit/fixture.h"
#include "tests/unit/manifest_fixture.h"

/* What becomes of a save. Beyond the end of the script all is well. */
enum {
	SAVED = 's',
	SAVE_FAILS = 'f', /* nothing is stored */
	SAVE_UNKNOWN = 'u', /* it fails, yet all is stored */
	/* lost to another run, which */
	SAVE_RECORDED = 'w', /* recorded this batch as accepted */
	SAVE_RECORDED_MORE = 'v', /* and then another one */
	SAVE_REPLACED = 'o', /* and then deployed another build */
	SAVE_CHANGED = 'x', /* put a baseline of its own there */
	SAVE_OVERTAKEN = 'y', /* of a higher serial */
	SAVE_DEPLOYED = 'z', /* deployed another build */
	SAVE_PENDING = 'p', /* has made another batch pending */
};

static struct fake_store {
	struct store store; /* first: a store is the whole */
	struct buf text; /* empty: there is no baseline */
	const char *script;
	int saves;
} store_fake;

static inline int
fake_begin(struct store *store, struct err *err)
{
	(void)store, (void)err;
	return 0;
}

static inline int
fake_read(struct store *store, struct buf *text, bool *found, struct err *err)
{
	(void)store;
	*found = store_fake.text.len > 0;
	buf_add(text, store_fake.text.data, store_fake.text.len);
	return buf_check(text, err);
}

static inline void
fake_keep(const struct baseline *baseline)
{
	struct err err = ERR_INIT;

	buf_clear(&store_fake.text);
	assert_int_equal(
		baseline_write(baseline, buf_emit, &store_fake.text, &err), 0);
}

/* The stored baseline; the caller releases it. */
static inline void
fake_load(struct baseline *baseline)
{
	struct err err = ERR_INIT;

	baseline_init(baseline);
	if (store_fake.text.len == 0)
		return;
	if (baseline_parse(baseline, store_fake.text.data, store_fake.text.len,
		    &err) != 0)
		fail_msg("%s", err.message);
}

/* Another run was faster: its baseline is stored, not ours. */
static inline int
fake_lose(int step, struct err *err)
{
	struct baseline theirs;

	fake_load(&theirs);
	if (step == SAVE_RECORDED || step == SAVE_RECORDED_MORE ||
		step == SAVE_REPLACED) {
		snprintf(
			theirs.invalidation, sizeof(theirs.invalidation), "I2");
		snprintf(theirs.create_time, sizeof(theirs.create_time),
			"2025-11-29T10:00:00Z");
		baseline_advance(&theirs);
	} else if (step == SAVE_PENDING) {
		snprintf(theirs.pending.reference,
			sizeof(theirs.pending.reference), "theirs");
	} else if (step != SAVE_DEPLOYED) {
		theirs.lineage[0] = theirs.lineage[0] == '0' ? '1' : '0';
	}
	if (step == SAVE_RECORDED_MORE)
		theirs.serial++;
	if (step == SAVE_DEPLOYED || step == SAVE_REPLACED) {
		manifest_release(&theirs.manifest);
		read_manifest(&theirs.manifest, "a=9 b=1");
		theirs.serial++;
	}
	if (step == SAVE_OVERTAKEN) {
		theirs.serial += 2;
		theirs.has_pending = false;
	}
	fake_keep(&theirs);
	baseline_release(&theirs);
	return err_set(err, ERR_BUSY, "another run has saved");
}

static inline int
fake_save(struct store *store, const struct baseline *baseline, struct err *err)
{
	int step = *store_fake.script ? *store_fake.script++ : SAVED;

	(void)store;
	store_fake.saves++;
	switch (step) {
	case SAVED:
		fake_keep(baseline);
		return 0;
	case SAVE_UNKNOWN:
		fake_keep(baseline);
		break;
	case SAVE_FAILS:
		break;
	default:
		return fake_lose(step, err);
	}
	return err_set(err, ERR_SYSTEM, "the disk is full");
}

static inline int
fake_compare(struct store *store, struct err *err)
{
	(void)store, (void)err;
	return 0;
}

static inline void
fake_close(struct store *store)
{
	(void)store;
}

static inline void
fake_store_init(void)
{
	static const struct store_kind kind = {
		.begin = fake_begin,
		.read = fake_read,
		.save = fake_save,
		.compare = fake_compare,
		.close = fake_close,
	};
	static char where[] = "fake";

	store_fake = (struct fake_store){
		.store = {.kind = &kind, .where = where}, .script = ""};
	buf_init(&store_fake.text, 1024 * 1024);
}

#endif
