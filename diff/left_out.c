/* Says what options let a deployment leave out. */
#include "diff/left_out.h"

#include <string.h>

#include "diff/left_wildcards.h"
#include "diff/url.h"

static void
add_word(struct buf *out, const char *word, const char *value)
{
	if (out->len > 0)
		buf_addch(out, ' ');
	buf_addstr(out, word);
	url_encode(out, value, strlen(value));
}

/* What is known of the site, which options need not say. */
static void
add_site(struct buf *out, const struct url_rules *rules)
{
	const struct site *site = rules->site;
	size_t i;

	for (i = 0; site && i < site->count; i++) {
		const struct site_behavior *behavior = &site->behaviors[i];

		if (behavior->query_strings && !behavior->foreign &&
			!rules->query_strings)
			add_word(out, "query-strings:",
				behavior->pattern ? behavior->pattern : "");
		if (!behavior->cached && !behavior->foreign)
			add_word(out, "uncached:",
				behavior->pattern ? behavior->pattern : "");
	}
	for (i = 0; site && i < site->page_count; i++)
		if (site->pages[i].widens)
			add_word(out, "fallback:", site->pages[i].key);
}

char *
left_out_text(const struct url_rules *rules, const struct delta *delta,
	struct err *err)
{
	struct buf out;
	char *text;
	size_t i;

	buf_init(&out, LEFT_OUT_MAX);
	for (i = 0; i < rules->immutable_count; i++)
		add_word(&out, "immutable:", rules->immutable[i]);
	if (rules->skip_added)
		add_word(&out, "skip-added", "");
	if (rules->query_strings)
		add_word(&out, "query-strings", "");
	for (i = 0; i < rules->fallback_count; i++)
		add_word(&out, "fallback:", rules->fallback[i]);
	add_site(&out, rules);
	if (delta && left_wildcards_write(&out, delta, err) != 0) {
		buf_release(&out);
		return NULL;
	}
	if (out.len == 0)
		buf_addch(&out, '-');
	text = buf_detach(&out, err);
	if (!text && err->code != ERR_MEMORY)
		(void)err_set(err, ERR_INPUT,
			"more than %d bytes of --immutable and --fallback",
			LEFT_OUT_MAX);
	return text;
}

static bool
has_word(const char *text, const char *word, size_t len)
{
	size_t next;

	for (; *text; text += next + (text[next] == ' ')) {
		next = strcspn(text, " ");
		if (next == len && memcmp(text, word, len) == 0)
			return true;
	}
	return false;
}

/* Has `text` a word that begins like this, and `other` does not have? */
static bool
has_more(const char *text, const char *other, const char *begin)
{
	size_t len;

	for (; *text; text += len + (text[len] == ' ')) {
		len = strcspn(text, " ");
		if (strncmp(text, begin, strlen(begin)) == 0 &&
			!has_word(other, text, len))
			return true;
	}
	return false;
}

const char *
left_out_compare(const char *before, const char *now)
{
	static const char all[] = "query-strings";

	if (has_more(before, now, "immutable:"))
		return "an --immutable of the last deployment is gone, and "
		       "what "
		       "it left out may be stale";
	if (has_more(before, now, "skip-added"))
		return "the last deployment had --skip-added, and what it left "
		       "out may be stale";
	if (has_more(now, before, "query-strings") &&
		!has_word(before, all, sizeof(all) - 1))
		return "the last deployment did not cover query strings, and "
		       "what it left out may be stale";
	if (has_more(before, now, "uncached:"))
		return "what was not cached at the last deployment may be now, "
		       "and what it left out may be stale";
	if (has_more(now, before, "fallback:"))
		return "a fallback page is new, and the URLs at which it "
		       "answers were left out before";
	return NULL;
}
