/* The report as a page: the parts in page/, with the model in them. */
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

/* Nothing from elsewhere, and no script or style but the page's own. */
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

/* What stands for a mark of the template. */
static int
fill(struct buf *out, const char *mark, const struct report_model *model,
	struct err *err)
{
	if (strncmp(mark, "{{policy}}", 10) == 0)
		return add_policy(out, err);
	if (strncmp(mark, "{{style}}", 9) == 0)
		buf_add(out, page_css, page_css_len);
	else if (strncmp(mark, "{{script}}", 10) == 0)
		buf_add(out, page_js, page_js_len);
	else if (strncmp(mark, "{{data}}", 8) == 0)
		return page_data(out, model, err);
	else
		return err_set(err, ERR_BUG, "a mark of the page is unknown");
	return 0;
}

int
report_html(struct buf *out, const struct report_model *model, struct err *err)
{
	const char *at = (const char *)page_html, *mark;
	int rc = 0;

	while (rc == 0 && (mark = strstr(at, "{{"))) {
		buf_add(out, at, (size_t)(mark - at));
		rc = fill(out, mark, model, err);
		at = strstr(mark, "}}") + 2;
	}
	buf_addstr(out, at);
	if (rc == 0 && buf_check(out, err) != 0)
		rc = err_context(err, "the page is too large: .md and .json "
				      "are shorter");
	return rc;
}
