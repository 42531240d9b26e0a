/* Derives the URLs of objects from options and from what is known of the site. */
#ifndef DIFF_SITE_URLS_H
#define DIFF_SITE_URLS_H

#include "diff/site.h"
#include "diff/url_forms.h"

/*
 * Like url_forms_derive, and add what the site (NULL: nothing is known) says: the
 * URL / of its root object, and of an index document the URLs of its folder, each
 * if the behaviour to which that URL may belong says so.
 */
size_t site_urls_derive(const struct site *site, const struct url_forms *forms,
	const char *index, const char *path, size_t len,
	size_t lengths[URL_FORMS_MAX]);

/* Add a length to `count` others, unless it is one; returns how many there are. */
size_t site_urls_add(size_t lengths[URL_FORMS_MAX], size_t count, size_t len);

#endif
