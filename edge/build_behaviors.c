/* Finds the cache behaviours that the URLs of a build belong to. */
#include "edge/build_behaviors.h"

#include <string.h>

#include "base/buf.h"
#include "diff/url.h"
#include "edge/behaviors.h"

struct build_search {
	const struct distribution *distribution;
	struct buf path; /* begins with the mount */
	size_t mount_len;
	bool *of;
};

static int
add_object(struct build_search *s, const struct object *object, struct err *err)
{
	const char *path, *name;

	buf_cut(&s->path, s->mount_len);
	url_encode(&s->path, object->key, object->key_len);
	if (buf_check(&s->path, err) != 0)
		return -1;
	path = buf_str(&s->path);
	behaviors_of_url(s->distribution, path, s->path.len, s->of);
	name = strrchr(path, '/') + 1;
	behaviors_of_url(s->distribution, path, (size_t)(name - path), s->of);
	return 0;
}

int
build_behaviors_find(const struct distribution *distribution,
	const char *prefix, const struct manifest *after,
	const struct changes *changes, bool *of, struct err *err)
{
	struct build_search s = {.distribution = distribution, .of = of};
	size_t i;
	int rc;

	buf_init(&s.path, URL_ENCODED_MAX);
	url_encode(&s.path, prefix, strlen(prefix));
	s.mount_len = s.path.len;
	rc = buf_check(&s.path, err);
	for (i = 0; rc == 0 && i < after->count; i++)
		rc = add_object(&s, &after->objects[i], err);
	for (i = 0; rc == 0 && i < changes->count; i++)
		if (!changes->list[i].after)
			rc = add_object(&s, changes->list[i].before, err);
	buf_release(&s.path);
	return rc;
}
