/*
 * URL paths in the encoding that a CloudFront invalidation expects, and how they
 * may be cut to make a wildcard.
 *
 * A path is encoded once: bytes >= 0x80, control characters, the unsafe
 * characters of RFC 1738 section 2.2 (space < > " # % { } | \ ^ [ ] `), and ?
 * become %XX with upper-case digits. Nothing else is encoded, because CloudFront
 * would not match it ("Do not URL-encode any other characters in the path",
 * Amazon CloudFront Developer Guide, "What you need to know when invalidating
 * files").
 *
 * Three characters are doubtful. CloudFront is reported to accept ~ and ' in
 * encoded form but not to match them, and a * has no exact form at all, since
 * it is a wildcard. They are written %7E, %27 and %2A here; url_rules decide
 * which of them an invalidation path may contain.
 */
#ifndef DIFF_URL_H
#define DIFF_URL_H

#include <stddef.h>

#include "base/buf.h"
#include "manifest/object.h"

enum {
	/* characters in an invalidation path; CloudFront's limit */
	INVALIDATION_PATH_MAX = 4000,

	/* the longest prefix, and the longest key with every byte encoded */
	URL_ENCODED_MAX = INVALIDATION_PATH_MAX + 3 * KEY_MAX,
};

/* Append the raw bytes of a path in encoded form; a / stays as it is. */
void url_encode(struct buf *out, const char *raw, size_t len);

/*
 * The longest valid cut of an encoded text, at most `len`. A cut is valid if
 * the text before it ends neither within a %XX nor within the encoded bytes of
 * a UTF-8 character. Only the text before the cut matters; the text need not
 * end at len.
 */
size_t url_cut(const char *text, size_t len);

#endif
