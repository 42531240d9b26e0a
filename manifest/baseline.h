/*
 * A baseline: what is known about the edge. It holds the manifest of the last
 * deployment that CloudFront accepted, with its lineage, serial, distribution
 * and mount; what else caches can hold; and the pending batch if there is one.
 * Its text form is described in manifest/baseline_text.h.
 *
 * The serial grows by one with each manifest that becomes the baseline's; a
 * pending batch is for the next serial. At serial 0 nothing is known, and the
 * manifest is empty: the first batch is pending, or was refused.
 *
 * For a key k, M is the value that the manifest has, T the one that the pending
 * manifest has. Caches can hold
 *
 *	K(k) = { M(k) } + values(k) + { T(k) }
 *
 * and, once the pending batch is accepted, only
 *
 *	P(k) = { T(k) } + pending.values(k)
 *
 * `values` are relative to the manifest, `pending.values` to the pending one
 * (manifest/value_sets.h).
 */
#ifndef MANIFEST_BASELINE_H
#define MANIFEST_BASELINE_H

#include <stdbool.h>

#include "base/buf.h"
#include "manifest/distribution.h"
#include "manifest/manifest.h"
#include "manifest/value_sets.h"

enum {
	LINEAGE_DIGITS = 32,
	TAG_DIGITS = 8,
	REFERENCE_MAX = 128, /* AWS documents no limit; this one is safe */

	/* CloudFront's are of 24 and 14 characters */
	CREATE_TIME_SIZE = 64,
	INVALIDATION_ID_SIZE = 129,

	/* Bytes: two manifests of ten million objects with long names. */
	BASELINE_MAX = 2000 * 1000 * 1000,

	/* Bytes: 3,000 paths of 4,000 characters, escaped for XML. */
	BODY_MAX = 64 * 1024 * 1024,

	/* Header lines that a newer edgediff may have written, and their bytes. */
	MORE_LINES_MAX = 64,
	MORE_MAX = 256 * 1024,
};

struct pending {
	char reference[REFERENCE_MAX + 1];
	struct buf body; /* the exact bytes that were sent, or may have been */
	char *url_forms; /* how its URLs were derived; NULL: unknown */
	char *left_out; /* what its options left out; NULL: unknown */
	char *site; /* what was known of the site's caching; NULL: nothing */
	struct buf more; /* like the baseline's; they go with the batch */
	struct manifest manifest;
	struct value_sets values;
};

struct baseline {
	char distribution[DISTRIBUTION_MAX + 1];
	char *prefix; /* the mount, not encoded; NULL: it is not recorded */
	char lineage[LINEAGE_DIGITS + 1];

	/* of the lineage that it had first; kept when that is renewed */
	char tag[TAG_DIGITS + 1];
	uint64_t serial;

	/* of the accepted invalidation, as AWS wrote it, and its id */
	char create_time[CREATE_TIME_SIZE];
	char invalidation[INVALIDATION_ID_SIZE];

	/* the newest invalidation that was looked at; "": none yet */
	char horizon_time[CREATE_TIME_SIZE];
	char horizon[INVALIDATION_ID_SIZE];

	/* of the batch that was dropped last, for good; "": none */
	char dropped[REFERENCE_MAX + 1];

	/*
	 * How URLs were derived at the last acceptance, in one line of text
	 * without control characters; NULL: unknown.
	 */
	char *url_forms;

	/* What the options left out then, in the same form; NULL: unknown. */
	char *left_out;

	/* What was known of the site's caching then; NULL: nothing. */
	char *site;

	/*
	 * What was covered again because a verification found it stale
	 * (manifest/again.h, deploy/stale.h); NULL: nothing.
	 */
	char *again;

	/*
	 * Header lines that this version does not know, each with its newline:
	 * kept and written back.
	 */
	struct buf more;
	struct manifest manifest;
	struct value_sets values;
	bool has_pending;
	struct pending pending;
};

void baseline_init(struct baseline *baseline);
void baseline_release(struct baseline *baseline);

/*
 * Let an initialised baseline be a new one, of which nothing is known: serial 0.
 * Then give it a lineage, and call baseline_set_tag. The prefix is copied.
 * ERR_MEMORY; ERR_INPUT if it is longer than KEY_MAX.
 */
int baseline_begin(struct baseline *baseline, const char *distribution,
	const char *prefix, struct err *err);

/*
 * The last build that was deployed, or that the pending batch deploys; NULL if
 * there is none.
 */
const struct manifest *baseline_last(const struct baseline *baseline);

/* Derive the tag from the lineage, unless there is one. */
void baseline_set_tag(struct baseline *baseline);

/*
 * Record that the build may have been uploaded: its values are added to K and,
 * if a batch is pending, to P. *changed is set to true if a save is needed, else
 * left alone. Errors are those of value_sets_add; after one, the values that
 * were added stay.
 */
int baseline_add_values(struct baseline *baseline, const struct manifest *build,
	bool *changed, struct err *err);

/*
 * Forget the pending batch, which was refused. Its build may have been served
 * nevertheless, so T's values are added to `values`: K stays the same. `dropped`
 * becomes its reference. After a failure (ERR_MEMORY) it is still pending.
 * T moves to `manifest`, which need not be initialised, unless that is NULL.
 */
int baseline_drop(
	struct baseline *baseline, struct manifest *manifest, struct err *err);

/* Forget a pending batch that was never saved, so that nobody has sent it. */
void baseline_clear_pending(struct baseline *baseline);

/*
 * Make the pending manifest that of the next serial, since its batch was
 * accepted or none was needed: K becomes P.
 */
void baseline_advance(struct baseline *baseline);

/*
 * From now on nothing is known, neither now nor after the pending batch, if
 * there is one: only a batch that is made later can change that.
 */
void baseline_forget(struct baseline *baseline);

#endif
