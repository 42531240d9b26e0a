/* Derives the URLs of objects from options and from what is known of the site. */
#include "diff/site_urls.h"

#include <assert.h>
#include <string.h>

size_t
site_urls_add(size_t lengths[URL_FORMS_MAX], size_t count, size_t len)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (lengths[i] == len)
			return count;
	assert(count < URL_FORMS_MAX);
	lengths[count] = len;
	return count + 1;
}

/*
 * May /a answer with more than a redirect to /a/, whose own caches are seen to? Or
 * with a redirect that outlives the folder, to another origin, which answers at
 * /a/?
 */
static bool
is_bare_answered(const struct site_url *bare, const struct site_url *slash)
{
	return bare->index_bare ||
	       (bare->index_slash && bare->origin != slash->origin);
}

/* The folder, `len` characters with its slash, may answer at its URLs. */
static size_t
add_folder(const struct site *site, const char *path, size_t len,
	size_t lengths[URL_FORMS_MAX], size_t count)
{
	struct site_url slash = site_look_up(site, path, len), bare;

	if (slash.index_slash)
		count = site_urls_add(lengths, count, len);
	if (len == 1)
		return count;
	bare = site_look_up(site, path, len - 1);
	return is_bare_answered(&bare, &slash)
		       ? site_urls_add(lengths, count, len - 1)
		       : count;
}

/* Leave the URL / out. */
static size_t
drop_root(size_t lengths[URL_FORMS_MAX], size_t count)
{
	size_t i, kept = 0;

	for (i = 0; i < count; i++)
		if (lengths[i] != 1)
			lengths[kept++] = lengths[i];
	return kept;
}

size_t
site_urls_derive(const struct site *site, const struct url_forms *forms,
	const char *index, const char *path, size_t len,
	size_t lengths[URL_FORMS_MAX])
{
	size_t count = url_forms_derive(forms, index, path, len, lengths);
	const char *name = strrchr(path, '/') + 1;

	if (!site)
		return count;
	if (site->index_urls && strcmp(name, index) == 0)
		count = add_folder(
			site, path, (size_t)(name - path), lengths, count);
	if (*site->root_object && strcmp(path + 1, site->root_object) == 0)
		return site_urls_add(lengths, count, 1);
	return site->index_urls && site->root_only ? drop_root(lengths, count)
						   : count;
}
