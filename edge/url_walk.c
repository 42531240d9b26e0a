/* Derives the URLs of objects, and looks them up in a delta's set. */
#include "edge/url_walk.h"

#include <assert.h>
#include <string.h>

#include "diff/site_urls.h"

struct url_walking {
	const struct delta *delta;
	struct buf path; /* begins with the mount */
	struct buf index; /* the index document, encoded */
	int (*visit)(
		void *context, const struct url_visit *at, struct err *err);
	void *context;
};

/* Cuts the path for a moment, as the set is searched for whole texts. */
static const struct url *
find(const struct url_walking *w, size_t len)
{
	const struct url *url;
	char kept = w->path.data[len];

	w->path.data[len] = '\0';
	url = url_set_find(&w->delta->urls, w->path.data);
	w->path.data[len] = kept;
	return url;
}

static int
walk_object(struct url_walking *w, const struct object *now,
	const struct change *change, struct err *err)
{
	const struct object *object = now;
	const struct url_rules *rules = w->delta->rules;
	size_t lengths[URL_FORMS_MAX], count, i;
	struct url_visit at = {.now = now, .change = change};

	if (!object) {
		assert(change); /* the key was removed */
		object = change->before;
	}
	buf_cut(&w->path, w->delta->urls.mount_len);
	url_encode(&w->path, object->key, object->key_len);
	if (buf_check(&w->path, err) != 0)
		return -1;
	count = site_urls_derive(rules->site, &rules->forms, buf_str(&w->index),
		w->path.data, w->path.len, lengths);
	for (i = 0; i < count; i++) {
		at.url = find(w, lengths[i]);
		at.alias = lengths[i] < w->path.len;
		if (at.url && w->visit(w->context, &at, err) != 0)
			return -1;
	}
	return 0;
}

/* Each key once: those of the new build, and those that were removed. */
static int
walk_objects(struct url_walking *w, struct err *err)
{
	const struct manifest *after = w->delta->after;
	const struct changes *changes = &w->delta->changes;
	const struct change *change;
	size_t i = 0, c = 0;
	bool changed;

	while (i < after->count || c < changes->count) {
		change = c < changes->count ? &changes->list[c] : NULL;
		changed =
			change &&
			(!change->after || change->after == &after->objects[i]);
		if (walk_object(w, changed ? change->after : &after->objects[i],
			    changed ? change : NULL, err) != 0)
			return -1;
		i += !changed || change->after;
		c += changed;
	}
	return 0;
}

int
url_walk(const struct delta *delta,
	int (*visit)(
		void *context, const struct url_visit *at, struct err *err),
	void *context, struct err *err)
{
	struct url_walking w = {
		.delta = delta, .visit = visit, .context = context};
	const char *document = delta->rules->forms.index_document;
	int rc;

	buf_init(&w.path, URL_ENCODED_MAX);
	buf_init(&w.index, URL_ENCODED_MAX);
	buf_add(&w.path, delta->urls.mount, delta->urls.mount_len);
	url_encode(&w.index, document, strlen(document));
	rc = buf_check(&w.path, err);
	if (rc == 0)
		rc = buf_check(&w.index, err);
	if (rc == 0)
		rc = walk_objects(&w, err);
	buf_release(&w.path);
	buf_release(&w.index);
	return rc;
}
