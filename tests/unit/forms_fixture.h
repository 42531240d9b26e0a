/* The forms of URLs from letters. */
#ifndef UNIT_FORMS_FIXTURE_H
#define UNIT_FORMS_FIXTURE_H

#include <string.h>

#include "diff/url_forms.h"

/* f file, s slash, b bare, c clean; M: another index document. */
static inline struct url_forms
read_forms(const char *o)
{
	return (struct url_forms){
		.index_document = strchr(o, 'M') ? "main.html" : "index.html",
		.index_file = strchr(o, 'f'),
		.index_slash = strchr(o, 's'),
		.index_bare = strchr(o, 'b'),
		.clean_urls = strchr(o, 'c'),
	};
}

#endif
