/* Keeps a baseline in an S3 object, which conditional PUTs replace as a whole. */
#include "deploy/store_s3.h"

#include "manifest/baseline_text.h"

#include <stdlib.h>
#include <string.h>

enum {
	/* Attempts for each save, since a 409 or a lost answer costs one. */
	SAVES_MAX = 6,
	PAUSE_FIRST = 100, /* ms before the second attempt; doubled each time */
};

static const char probe_text[] =
	"edgediff finds out with this object whether the store keeps the "
	"conditions of a PUT\n";

struct s3_store {
	struct store store;
	struct aws_client *client;
	struct s3_location location, probe;
	bool probed;
	bool bare; /* the service matches only ETags without quotes */

	/* the baseline as it was last seen */
	bool exists;
	char etag[S3_ETAG_MAX + 1];
};

static struct s3_store *
s3_store(struct store *store)
{
	return (struct s3_store *)store;
}

/* Take no lock: the conditions of the PUTs replace it. */
static int
begin(struct store *store, struct err *err)
{
	(void)store, (void)err;
	return 0;
}

static int
read_text(struct store *store, struct buf *text, bool *found, struct err *err)
{
	struct s3_store *s = s3_store(store);

	if (s3_get(s->client, &s->location, text, s->etag, found, err) != 0)
		return err_context(err, "%s", store->where);
	s->exists = *found;
	if (s->exists && !s->etag[0])
		return err_set(err, ERR_SERVICE,
			"%s: the service gives the object no ETag to match: "
			"use another service",
			store->where);
	return 0;
}

static int
ignores(const struct store *store, const char *header, struct err *err)
{
	return err_set(err, ERR_SERVICE,
		"%s: the service ignores %s, so two deployments could "
		"overwrite each other: use one that supports conditional "
		"writes, or a local file",
		store->where, header);
}

static int
probe_once(struct s3_store *s, enum s3_condition condition,
	enum s3_outcome *outcome, struct err *err)
{
	char etag[S3_ETAG_MAX + 1] = "00000000000000000000000000000000";

	if (s3_put(s->client, &s->probe, probe_text, strlen(probe_text),
		    condition, etag, outcome, err) == 0)
		return 0;
	return err_context(err, "cannot find out whether the service supports "
				"conditional writes");
}

/* Try both conditions in a way that must fail. */
static int
ready(struct store *store, struct err *err)
{
	struct s3_store *s = s3_store(store);
	enum s3_outcome outcome;

	if (s->probed)
		return 0;
	if (probe_once(s, S3_IF_ABSENT, &outcome, err) != 0)
		return -1;
	/* the first PUT may have created it; the second one must fail */
	if (outcome == S3_WRITTEN &&
		probe_once(s, S3_IF_ABSENT, &outcome, err) != 0)
		return -1;
	if (outcome == S3_WRITTEN)
		return ignores(&s->store, "If-None-Match", err);
	if (probe_once(s, S3_IF_MATCH, &outcome, err) != 0)
		return -1;
	if (outcome == S3_WRITTEN)
		return ignores(&s->store, "If-Match", err);
	s->probed = true;
	return 0;
}

static int
put(struct s3_store *s, const struct buf *text, enum s3_outcome *outcome,
	struct err *err)
{
	enum s3_condition condition = S3_IF_ABSENT;
	char etag[S3_ETAG_MAX + 1];

	memcpy(etag, s->etag, sizeof(etag));
	if (s->exists)
		condition = s->bare ? S3_IF_MATCH_BARE : S3_IF_MATCH;
	if (s3_put(s->client, &s->location, buf_str(text), text->len, condition,
		    etag, outcome, err) != 0)
		return -1;
	if (*outcome == S3_WRITTEN) {
		memcpy(s->etag, etag, sizeof(etag));
		s->exists = true;
	}
	return 0;
}

static int
lost_race(struct err *err)
{
	return err_set(err, ERR_BUSY,
		"another deployment has changed it in the meantime: run again");
}

/* What became of a PUT that did not report success. */
enum put_result {
	PUT_SAVED, /* one of our attempts was stored after all */
	PUT_UNCHANGED, /* what we loaded is still there */
	PUT_LOST, /* somebody else has saved */
	PUT_UNKNOWN, /* it cannot be read */
};

/* Read the object again; if `maybe_applied`, our attempt may have been stored. */
static enum put_result
find_put_result(struct s3_store *s, const struct buf *text, bool maybe_applied,
	struct err *err)
{
	enum put_result result = PUT_LOST;
	char etag[S3_ETAG_MAX + 1];
	struct buf now;
	bool found;

	buf_init(&now, BASELINE_MAX);
	if (s3_get(s->client, &s->location, &now, etag, &found, err) != 0) {
		result = PUT_UNKNOWN;
	} else if (found == s->exists &&
		   (!found || strcmp(etag, s->etag) == 0)) {
		result = PUT_UNCHANGED;
	} else if (maybe_applied && found && etag[0] && now.len == text->len &&
		   memcmp(buf_str(&now), buf_str(text), now.len) == 0) {
		memcpy(s->etag, etag, sizeof(etag));
		s->exists = true;
		result = PUT_SAVED;
	}
	buf_release(&now);
	return result;
}

static int
pause_before(struct s3_store *s, int save, struct err *err)
{
	const struct aws_system *system = s->client->system;
	double most = (double)(PAUSE_FIRST << save);

	if (system->wait(system->context,
		    (long)(most / 2 * (1 + system->random(system->context)))) ==
		0)
		return 0;
	return err_set(err, ERR_NETWORK, "interrupted");
}

/*
 * The condition failed, although the object is as we loaded it: the store
 * expects the ETag in the other form, or never matches it.
 */
static int
try_other_form(struct s3_store *s, struct err *err)
{
	if (!s->exists) /* it appeared, and is gone again */
		return 0;
	if (!s->bare) {
		s->bare = true;
		return 0;
	}
	return err_set(err, ERR_SERVICE,
		"%s: the service refuses the ETag that it gave itself, or "
		"answers with an old version: use another service",
		s->store.where);
}

/* Make one PUT; set *done once it is known how the save ended. */
static int
try_save(struct s3_store *s, const struct buf *text, bool *maybe_applied,
	bool *done, enum s3_outcome *outcome, struct err *err)
{
	struct err looking = ERR_INIT;
	int rc = put(s, text, outcome, err);

	*done = true;
	*maybe_applied |= s->client->maybe_applied;
	if (rc != 0 && !*maybe_applied)
		return -1;
	if (rc == 0 && *outcome == S3_WRITTEN) {
		if (s->etag[0])
			return 0;
		*maybe_applied = true; /* it was written: read its ETag */
	}
	switch (find_put_result(s, text, *maybe_applied, &looking)) {
	case PUT_SAVED:
		err->code = ERR_NONE;
		return 0;
	case PUT_LOST:
		return lost_race(err);
	case PUT_UNKNOWN:
		if (rc == 0)
			*err = looking;
		return -1;
	default:
		*done = rc != 0;
		return rc;
	}
}

/* Repeat the PUT until it is known what is stored. */
static int
save_text(struct s3_store *s, const struct buf *text, struct err *err)
{
	bool maybe_applied = false, done;
	enum s3_outcome outcome;
	int i, rc;

	for (i = 0; i < SAVES_MAX; i++) {
		rc = try_save(s, text, &maybe_applied, &done, &outcome, err);
		if (done)
			return rc;
		if (outcome == S3_UNMET && try_other_form(s, err) != 0)
			return -1;
		if (outcome == S3_CONFLICT && pause_before(s, i, err) != 0)
			return -1;
	}
	return err_set(err, ERR_BUSY,
		"%d attempts each collided with another request: run again",
		SAVES_MAX);
}

static int
add_text(void *to, const void *bytes, size_t len, struct err *err)
{
	(void)err;
	buf_add(to, bytes, len);
	return 0;
}

static int
save(struct store *store, const struct baseline *baseline, struct err *err)
{
	struct s3_store *s = s3_store(store);
	struct buf text;
	int rc = -1;

	buf_init(&text, BASELINE_MAX);
	if (baseline_write(baseline, add_text, &text, err) == 0 &&
		buf_check(&text, err) == 0 && ready(store, err) == 0) {
		rc = save_text(s, &text, err);
		if (rc != 0)
			err_context(err, "%s", store->where);
	}
	buf_release(&text);
	return rc;
}

static int
compare(struct store *store, struct err *err)
{
	struct s3_store *s = s3_store(store);
	bool same;

	if (s3_is_same(s->client, &s->location, s->exists ? s->etag : NULL,
		    BASELINE_MAX, &same, err) != 0)
		return err_context(err, "%s", store->where);
	if (same)
		return 0;
	lost_race(err);
	return err_context(err, "%s", store->where);
}

static void
close_s3(struct store *store)
{
	free(store->where);
	free(store);
}

static const struct store_kind s3_kind = {
	.begin = begin,
	.ready = ready,
	.read = read_text,
	.save = save,
	.compare = compare,
	.close = close_s3,
};

/* The probe is KEY.probe, which must be a valid key too. */
static int
find_places(struct s3_store *s, const char *where, struct err *err)
{
	struct buf text;
	int rc;

	buf_init(&text, sizeof(s->probe) + sizeof("s3://.probe"));
	buf_addf(&text, "%s.probe", where);
	rc = buf_check(&text, err);
	if (rc == 0)
		rc = s3_location_parse(&s->location, where, err);
	if (rc == 0)
		rc = s3_location_parse(&s->probe, buf_str(&text), err);
	buf_release(&text);
	return rc;
}

int
store_s3_open(struct store **out, struct aws_client *client, const char *where,
	struct err *err)
{
	struct s3_store *s = calloc(1, sizeof(*s));

	*out = NULL;
	if (!s)
		return err_memory(err);
	s->store.kind = &s3_kind;
	s->client = client;
	s->store.where = strdup(where);
	if (!s->store.where)
		err_memory(err);
	if (!s->store.where || find_places(s, where, err) != 0) {
		close_s3(&s->store);
		return -1;
	}
	*out = &s->store;
	return 0;
}
