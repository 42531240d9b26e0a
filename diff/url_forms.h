/*
 * The forms in which an object's URLs are derived from its key.
 *
 * Every URL of an object is a prefix of one text, its path: /a/index.html, /a/
 * and /a; or /b.html and /b. So lengths identify its URLs.
 *
 * The text form, for a baseline, is the words that apply of file, slash, bare
 * and clean, in this order and joined by commas, a space, and the index
 * document, escaped as in a manifest: `file,slash,clean index.html`.
 */
#ifndef DIFF_URL_FORMS_H
#define DIFF_URL_FORMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* The text of the options' defaults. */
#define URL_FORMS_DEFAULT "file,slash index.html"

enum {
	URL_FORMS_MAX = 4, /* URLs of one object, / included */

	/* bytes of the text: the words, and a name of escaped bytes only */
	URL_FORMS_TEXT_MAX = 32 + 4 * 16 * 1024,
};

struct url_forms {
	const char *index_document; /* one file name: index.html; borrowed */
	bool index_file; /* a/index.html is served at /a/index.html */
	bool index_slash; /* ... at /a/ */
	bool index_bare; /* ... at /a (the root has no such URL) */
	bool clean_urls; /* a.html is also served at /a */
};

/*
 * Find the URLs of the object with this path, which is encoded (diff/url.h) and
 * includes the mount; `index` is the index document, encoded. Their lengths are
 * written to `lengths`. Returns how many there are.
 */
size_t url_forms_derive(const struct url_forms *forms, const char *index,
	const char *path, size_t len, size_t lengths[URL_FORMS_MAX]);

/* The text form, which the caller frees; NULL if memory runs out. */
char *url_forms_text(const struct url_forms *forms, struct err *err);

/*
 * Read the text form. `document` is an initialised buffer, which receives the
 * bytes of the index document; the forms borrow from it. ERR_INPUT if the text
 * is not one that url_forms_text makes.
 */
int url_forms_read(struct url_forms *forms, struct buf *document,
	const char *text, struct err *err);

#endif
