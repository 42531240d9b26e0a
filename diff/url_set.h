/* All URLs of two builds, sorted, and which of them are stale or neutral. */
#ifndef DIFF_URL_SET_H
#define DIFF_URL_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "diff/plan_limits.h"
#include "diff/site.h"
#include "diff/url.h"
#include "manifest/manifest.h"

enum {
	URLS_MAX = (1 << 29) - 1,

	/* of a plan: all URLs, and what its wildcards meet */
	WEIGHT_MAX = URLS_MAX +
		     WILDCARDS_MAX * FOREIGN_COST_MAX * SITE_BEHAVIORS_MAX,
};

/* The sum of two weights fits 31 bits, which cover_table.c relies on. */
_Static_assert(WEIGHT_MAX < 1 << 30, "weights are too large");

struct url {
	const char *text; /* encoded, NUL-terminated; the set owns it */
	uint32_t len;

	/*
	 * A wildcard covers the URL reliably if its prefix is a prefix of text
	 * and no longer than this. It is len, or the start of the first
	 * doubtful character, or, for a URL that is too long, the length that
	 * leaves room for a *.
	 */
	uint32_t cut;
	bool stale;
	bool exact; /* an exact path can cover it */

	/*
	 * Not stale, but no cache has it either: a wildcard may cover it for
	 * nothing. It is not collateral.
	 */
	bool neutral;
	bool uncached; /* neutral because nothing of it is ever cached */

	/* its keys contain query strings, and no wildcard may cover those */
	bool variants;
};

/*
 * All URLs of the old and the new build (U), sorted bytewise by text, unique. If
 * two keys share a URL (`a`, and `a.html` with clean URLs), it is stale if
 * either makes it so, and neutral only if both do. All are under the mount, with
 * one exception: the bare URL of the mount's own index (/docs for /docs/).
 */
struct url_set {
	struct url *list;
	size_t count;
	size_t stale, neutral; /* how many of them are */
	struct arena texts;

	/* the mount: the encoded prefix; no wildcard is shorter */
	const char *mount;
	size_t mount_len;

	/* encoded prefixes; see url_set_forbids */
	const char **never_widen;
	size_t never_widen_count;

	/* the behaviours that a wildcard can meet; NULL: unknown; borrowed */
	const struct site *site;

	/*
	 * Changed objects (same key, different content) that match an immutable
	 * glob. A warning names the first (borrowed from the new manifest; NULL
	 * if none). Removed ones are normal and not counted.
	 */
	const struct object *immutable_changed;
	size_t immutable_changed_count;

	/*
	 * URLs whose keys contain query strings, by what is known of the site,
	 * but which no wildcard may cover, so that an exact path has to be
	 * enough. The first is owned by the set; NULL if none.
	 */
	const char *variants_left;
	size_t variants_left_count;

	/*
	 * URLs that are stale since the site's configuration was changed, or may
	 * be, but for which the limits have no room, so that they are not marked.
	 * The same.
	 */
	const char *once_left;
	size_t once_left_count;
};

/*
 * The weight added to a plan's cost if a wildcard covers the URL: 1 if the URL is
 * collateral, else 0.
 */
static inline unsigned
url_set_weight(const struct url *url)
{
	return !url->stale && !url->neutral;
}

/* Sort the URLs, join those of the same text, count stale and neutral ones. */
int url_set_seal(struct url_set *set, struct err *err);
void url_set_release(struct url_set *set);

/*
 * Is `prefix*` forbidden as an item because it could cover a URL under a
 * never_widen prefix (one of the two begins with the other)?
 */
bool url_set_forbids(const struct url_set *set, const char *prefix, size_t len);

/* How many foreign behaviours can `prefix*` meet (diff/site.h)? */
size_t url_set_count_foreign(
	const struct url_set *set, const char *prefix, size_t len);

/* The pattern of one of them, in order, counted from 0; NULL: no more. */
const char *url_set_get_foreign(const struct url_set *set, const char *prefix,
	size_t len, size_t index);

/* Is the URL under the mount? */
bool url_set_is_under_mount(const struct url_set *set, const struct url *url);

/* The URLs that begin with a prefix: list[*from] to list[*to - 1]. */
void url_set_range(const struct url_set *set, const char *prefix, size_t len,
	size_t *from, size_t *to);

/* The URL with exactly this text, or NULL. */
const struct url *url_set_find(const struct url_set *set, const char *text);

#endif
