/*
 * The URLs of keys: at which viewer paths an object answers, in the encoding
 * that CloudFront's invalidation expects.
 *
 * A path is encoded once: bytes >= 0x80, control characters and the unsafe
 * characters of RFC 1738 section 2.2 (space < > " # % { } | \ ^ [ ] `), and ?,
 * as %XX with upper-case digits; nothing else, since CloudFront then does not
 * match ("Do not URL-encode any other characters in the path", Amazon
 * CloudFront Developer Guide, "What you need to know when invalidating
 * files"). Three characters are doubtful: CloudFront is reported to accept
 * their encoded form and then not to match it (~ and '), or has no exact form
 * for it (*). In the text of a URL they stand as %7E, %27 and %2A; with
 * doubtful_encode off, such a URL is covered only by a wildcard that is cut
 * before the first of them. A * has no exact path either way.
 */
#ifndef DIFF_URL_H
#define DIFF_URL_H

#include <stdbool.h>

#include "base/buf.h"
#include "diff/changes.h"

enum {
	INVALIDATION_PATH_MAX =
		4000, /* characters of an invalidation path (AWS) */

	/* Most URLs: so that sums of two counts fit 31 bits, as plan.c needs */
	URLS_MAX = (1 << 30) - 1,
};

struct url_rules {
	const char *prefix; /* where the build is mounted: / or /docs/ (raw) */
	const char *index_document; /* one file name: index.html */
	bool index_file; /* a/index.html answers at /a/index.html */
	bool index_slash; /* ... at /a/ */
	bool index_bare; /* ... at /a (no such URL for the root) */
	bool clean_urls; /* a.html answers at /a too */
	bool query_strings; /* cache keys hold them: no exact path suffices */
	bool doubtful_encode;
	bool skip_added; /* added objects make no stale URL */
	const char *const *immutable; /* globs: never stale */
	size_t immutable_count;
	const char *const *never_widen; /* raw prefixes: /api/ */
	size_t never_widen_count;
};

/* ERR_USAGE names the option that is off; url_set_make asks it too. */
int url_rules_check(const struct url_rules *rules, struct err *err);

struct url {
	const char *text; /* encoded, NUL-terminated; the set owns it */
	uint32_t len;

	/*
	 * A wildcard covers the URL reliably where its prefix is a prefix of
	 * text and at most this long: len, or where the first doubtful
	 * character starts, or for an over-long URL what fits with a `*`.
	 */
	uint32_t cut;
	bool stale;
	bool exact; /* an exact path may cover it */
};

/*
 * All URLs of the old and the new build (U), sorted bytewise by text, unique.
 * Two keys can share a URL (`a`, and `a.html` with clean URLs): it is stale
 * where one of their changes makes it so. All lie under the mount but one: the
 * bare URL of the mount's own index (/docs for /docs/).
 */
struct url_set {
	struct url *list;
	size_t count;
	size_t stale; /* count of those that are */
	struct arena texts;

	/* the mount's prefix, encoded: shortest prefix of a wildcard */
	const char *mount;
	size_t mount_len;

	/* encoded prefixes; see url_set_forbids */
	const char **never_widen;
	size_t never_widen_count;

	/* changed objects (same key, other content) that match an immutable
	 * glob: a warning names the first (borrowed from the new manifest;
	 * NULL where none). A removed one is normal. */
	const struct object *immutable_changed;
	size_t immutable_changed_count;
};

/*
 * Rules are checked first: ERR_USAGE says which is wrong (a prefix without /
 * at start and end, or with a doubtful character that no wildcard could pass;
 * an index document with a /; no index URL at all; a bare URL of the mount
 * that would need a wildcard). A URL of the new build over INVALIDATION_PATH_MAX is
 * ERR_INPUT and names the key; one of a removed object has no exact path.
 */
int url_set_make(struct url_set *set, const struct manifest *before,
	const struct manifest *after, const struct changes *changes,
	const struct url_rules *rules, struct err *err);
void url_set_release(struct url_set *set);

/*
 * The longest valid cut of an encoded text that is at most len: a cut is
 * valid where what stands before it ends neither inside a %XX nor in the
 * first bytes of a UTF-8 character that could still go on. The text need not
 * end at len. Only what stands before the cut decides.
 */
size_t url_cut(const char *text, size_t len);

/*
 * May `prefix*` not be an item, because it could cover a URL under one of
 * never_widen: one of the two begins with the other?
 */
bool url_set_forbids(const struct url_set *set, const char *prefix, size_t len);

/*
 * The URLs that begin with a prefix are list[*from] to list[*to - 1].
 */
void url_set_range(const struct url_set *set, const char *prefix, size_t len,
	size_t *from, size_t *to);

/* The URL of exactly this text, or NULL. */
const struct url *url_set_find(const struct url_set *set, const char *text);

/* Append raw bytes of a path in encoded form, / left as it is. */
void url_encode(struct buf *out, const char *raw, size_t len);

#endif
