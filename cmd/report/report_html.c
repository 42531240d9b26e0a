/* Fills the template of the page: its style, its script and the data. */
#include "cmd/report/report_html.h"

#include <openssl/evp.h>
#include <string.h>

#include "base/sha256.h"
#include "cmd/report/page.h"
#include "cmd/report/page_data.h"

static int
add_hash(
	struct buf *out, const unsigned char *text, size_t len, struct err *err)
{
	unsigned char digest[SHA256_SIZE],
		base64[(SHA256_SIZE + 2) / 3 * 4 + 1];

	if (sha256_of(text, len, digest, err) != 0)
		return -1;
	EVP_EncodeBlock(base64, digest, sizeof(digest));
	buf_addf(out, "'sha256-%s'", (const char *)base64);
	return 0;
}

/* Allow the page's own style and script, by their hashes, and nothing else. */
static int
add_policy(struct buf *out, struct err *err)
{
	buf_addstr(out, "default-src 'none'; base-uri 'none'; form-action "
			"'none'; img-src data:; style-src ");
	if (add_hash(out, page_css, page_css_len, err) != 0)
		return -1;
	buf_addstr(out, "; script-src ");
	return add_hash(out, page_js, page_js_len, err);
}

/* Append the text for a placeholder of the template. */
static int
add_part(struct buf *out, const char *placeholder,
	const struct report_model *model, struct err *err)
{
	if (strncmp(placeholder, "{{policy}}", 10) == 0)
		return add_policy(out, err);
	if (strncmp(placeholder, "{{style}}", 9) == 0)
		buf_add(out, page_css, page_css_len);
	else if (strncmp(placeholder, "{{script}}", 10) == 0)
		buf_add(out, page_js, page_js_len);
	else if (strncmp(placeholder, "{{data}}", 8) == 0)
		return page_data(out, model, err);
	else
		return err_set(
			err, ERR_BUG, "the page has an unknown placeholder");
	return 0;
}

void
report_html_check(struct buf *out, const struct report_check *check)
{
	page_data_check(out, check);
}

int
report_html(struct buf *out, const struct report_model *model, struct err *err)
{
	const char *at = (const char *)page_html, *placeholder;
	int rc = 0;

	while (rc == 0 && (placeholder = strstr(at, "{{"))) {
		buf_add(out, at, (size_t)(placeholder - at));
		rc = add_part(out, placeholder, model, err);
		at = strstr(placeholder, "}}") + 2;
	}
	buf_addstr(out, at);
	if (out->failed) {
		buf_check(out, err);
		return err_context(err,
			"the page is too large; use .md or .json, which are "
			"smaller");
	}
	return rc;
}
