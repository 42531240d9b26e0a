/*
 * What is known of the site, as text for a baseline: words with a space between
 * them, in this order.
 *
 *	<digest>			of the reading
 *	root:<path>			root_object, if there is one
 *	root-only, index-urls, keeps-errors	if they hold
 *	page:<seconds>:<w or ->:<key>	for each; w if it widens
 *	<letters>@<origin>:<pattern>	for each behaviour; the default has none
 *
 * The letters are those of f foreign, c cached, q query_strings, s index_slash
 * and b index_bare that hold, or -. The origin is its number in eight hex digits; it is
 * missing, with the @, if it is unknown. The path, keys and patterns are encoded with
 * percent_encode; the path of root_object then is so twice.
 */
#ifndef DIFF_SITE_TEXT_H
#define DIFF_SITE_TEXT_H

#include "base/arena.h"
#include "base/err.h"
#include "diff/site.h"

enum {
	/* Bytes: fits a line of a baseline. Quotas allow less than half. */
	SITE_TEXT_MAX = 60 * 1024,
};

/*
 * The text, which the caller frees. NULL: ERR_MEMORY, or ERR_INPUT if it would be
 * longer than SITE_TEXT_MAX.
 */
char *site_text(const struct site *site, struct err *err);

/*
 * Read the text; the arena owns all of it. ERR_INPUT if it is not one that
 * site_text makes.
 */
int site_text_read(struct site *site, struct arena *texts, const char *text,
	struct err *err);

#endif
