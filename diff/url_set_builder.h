/*
 * A set of URLs while diff/build_urls.c makes it, and what is decided about the
 * URL that comes next.
 */
#ifndef DIFF_URL_SET_BUILDER_H
#define DIFF_URL_SET_BUILDER_H

#include "base/buf.h"
#include "diff/url_rules.h"
#include "diff/url_set.h"
#include "manifest/object.h"

struct url_set_builder {
	struct url_set *set;
	const struct url_rules *rules;
	bool everything; /* is stale */
	bool changed_site; /* since the last deployment: either holds */
	size_t capacity; /* of set->list */
	struct buf text; /* the encoded path of the current object */
	struct buf index; /* the index document, encoded */
	struct buf deployed_index; /* that of the deployed forms */

	/* the current object */
	const struct object *object;
	bool stale, neutral;
	bool in_new_build;
	size_t doubtful; /* start of its first doubtful character, or SIZE_MAX */
};

/* The position of the first doubtful character of an encoded text, or SIZE_MAX. */
size_t url_set_builder_find_doubtful(
	const char *text, const struct url_rules *rules);

/*
 * Make room for `capacity` URLs in all, at least 2, before the first is added;
 * then for one more before each. ERR_MEMORY, or ERR_INPUT if there are URLS_MAX.
 */
int url_set_builder_reserve(
	struct url_set_builder *b, size_t capacity, struct err *err);
int url_set_builder_grow(struct url_set_builder *b, struct err *err);

bool url_set_builder_is_immutable(
	const struct url_rules *rules, const struct object *object);

/* The URL, which is the current object's, is stale unless that is immutable. */
void url_set_builder_mark_stale(
	const struct url_set_builder *b, struct url *url);

/*
 * It is stale this once, as what is known of the site has changed. With
 * changed_only it is only counted (struct url_set).
 */
void url_set_builder_mark_once(struct url_set_builder *b, struct url *url);

/* Let what is known of the site decide about the URL that was added last. */
void url_set_builder_apply_site(struct url_set_builder *b);

/* Add what earlier deployments left (url_rules), if a wildcard may cover it. */
int url_set_builder_add_wildcards(struct url_set_builder *b, struct err *err);

#endif
