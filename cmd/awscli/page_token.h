/*
 * Where a list continues: the NextToken that a cut list prints, and the
 * --starting-token that resumes it. It is base64 of
 * {"Marker": "...", "boto_truncate_amount": n}. The older forms, a bare marker
 * and MARKER___n, are read too.
 */
#ifndef CMD_AWSCLI_PAGE_TOKEN_H
#define CMD_AWSCLI_PAGE_TOKEN_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

struct page_token {
	struct value *keys; /* a dict: Marker, a string or null */
	long long skip; /* items of the page that were shown before */
	bool bad_skip; /* not a number: the first page fails, as in Python */
};

/* Decode an option's value. Fails with AWSCLI_GENERAL_ERROR. */
int page_token_decode(struct page_token *token, struct arena *arena,
	const struct value *text, struct fault *fault);

/*
 * Make the token of the page at `marker` (NULL for the first one), or, if the
 * list is `cut` within the page, of the item that follows `skip` others there.
 * Returns NULL if memory runs out.
 */
struct value *page_token_encode(struct arena *arena, const struct value *marker,
	bool cut, long long skip);

#endif
