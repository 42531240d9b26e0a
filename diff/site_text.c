/* Keeps what is known of the site as text. */
#include "diff/site_text.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/percent.h"
#include "diff/path_pattern.h"

/* A letter of a behaviour, and what it stands for. */
struct behavior_letter {
	char letter;
	size_t offset; /* of a bool in struct site_behavior */
};

static const struct behavior_letter letters[] = {
	{'f', offsetof(struct site_behavior, foreign)},
	{'c', offsetof(struct site_behavior, cached)},
	{'q', offsetof(struct site_behavior, query_strings)},
	{'s', offsetof(struct site_behavior, index_slash)},
	{'b', offsetof(struct site_behavior, index_bare)},
};

enum { LETTER_COUNT = sizeof(letters) / sizeof(letters[0]) };

static const char safe[] = "/*?$";

static void
write_behavior(struct buf *out, const struct site_behavior *behavior)
{
	size_t i, before = out->len + 1;
	bool set;

	buf_addch(out, ' ');
	for (i = 0; i < LETTER_COUNT; i++) {
		memcpy(&set, (const char *)behavior + letters[i].offset,
			sizeof(set));
		if (set)
			buf_addch(out, letters[i].letter);
	}
	if (out->len == before)
		buf_addch(out, '-');
	if (behavior->origin != 0)
		buf_addf(out, "@%08" PRIx32, behavior->origin);
	buf_addch(out, ':');
	if (behavior->pattern)
		percent_encode_str(out, behavior->pattern, safe);
}

static void
write_site(struct buf *out, const struct site *site)
{
	size_t i;

	buf_addstr(out, site->digest);
	if (*site->root_object) {
		buf_addstr(out, " root:");
		percent_encode_str(out, site->root_object, safe);
	}
	if (site->root_only)
		buf_addstr(out, " root-only");
	if (site->index_urls)
		buf_addstr(out, " index-urls");
	if (site->keeps_errors)
		buf_addstr(out, " keeps-errors");
	for (i = 0; i < site->page_count; i++) {
		buf_addf(out, " page:%lld:%c:", (long long)site->pages[i].ttl,
			site->pages[i].widens ? 'w' : '-');
		percent_encode_str(out, site->pages[i].key, safe);
	}
	for (i = 0; i < site->count; i++)
		write_behavior(out, &site->behaviors[i]);
}

char *
site_text(const struct site *site, struct err *err)
{
	struct buf out;
	char *text;

	buf_init(&out, SITE_TEXT_MAX);
	write_site(&out, site);
	text = buf_detach(&out, err);
	if (!text && err->code != ERR_MEMORY)
		(void)err_set(err, ERR_INPUT,
			"what was read of the distribution needs more than %d "
			"bytes",
			SITE_TEXT_MAX);
	return text;
}

/* Reads words one after the other. */
struct site_reader {
	struct site *site;
	struct site_behavior *behaviors;
	struct site_page *pages;
	struct arena *texts;
	bool no_memory;
};

/* The bytes that `len` characters encode; NULL if memory runs out. */
static char *
decode(struct site_reader *r, const char *text, size_t len)
{
	char *out = arena_copy(r->texts, text, len);

	if (!out) {
		r->no_memory = true;
		return NULL;
	}
	out[percent_decode(out, len)] = '\0';
	return out;
}

static bool
begins(const char *word, const char *with)
{
	return strncmp(word, with, strlen(with)) == 0;
}

static void
read_page(struct site_reader *r, const char *word, size_t len)
{
	struct site_page *page = &r->pages[r->site->page_count++];
	char *end;

	page->ttl = strtoll(word, &end, 10);
	page->widens = begins(end, ":w:");
	page->key = "";
	if (end + 3 <= word + len)
		page->key = decode(r, end + 3, (size_t)(word + len - end) - 3);
}

static void
read_behavior(struct site_reader *r, const char *word, size_t len)
{
	struct site_behavior *behavior = &r->behaviors[r->site->count++];
	const char *colon = memchr(word, ':', len), *end = word + len, *at;
	const bool set = true;
	size_t i;

	if (!colon)
		colon = end;
	for (at = word; at < colon && *at != '@'; at++)
		for (i = 0; i < LETTER_COUNT; i++)
			if (letters[i].letter == *at)
				memcpy((char *)behavior + letters[i].offset,
					&set, sizeof(set));
	if (*at == '@') /* is_text checks the rest */
		behavior->origin = (uint32_t)strtoul(at + 1, NULL, 16);
	if (end - colon > 1)
		behavior->pattern =
			decode(r, colon + 1, (size_t)(end - colon) - 1);
}

static void
read_word(struct site_reader *r, const char *word, size_t len)
{
	static const char root[] = "root:", page[] = "page:";
	struct site *site = r->site;

	if (begins(word, root))
		site->root_object = decode(
			r, word + sizeof(root) - 1, len - (sizeof(root) - 1));
	else if (begins(word, page))
		read_page(r, word + sizeof(page) - 1, len - (sizeof(page) - 1));
	else if (begins(word, "root-only"))
		site->root_only = true;
	else if (begins(word, "index-urls"))
		site->index_urls = true;
	else if (begins(word, "keeps-errors"))
		site->keeps_errors = true;
	else
		read_behavior(r, word, len);
}

static bool
is_complete(const struct site *site)
{
	bool valid = site->count > 0 && site->count <= SITE_BEHAVIORS_MAX;
	size_t i;

	for (i = 0; valid && i < site->count; i++) {
		const char *pattern = site->behaviors[i].pattern;

		valid = !pattern == (i + 1 == site->count) &&
			(!pattern || strlen(pattern) < PATTERN_MAX);
	}
	return valid;
}

/* Is it complete, and exactly what site_text makes? If not, ERR_INPUT. */
static int
check_text(const struct site *site, const char *text, struct err *err)
{
	char *made = is_complete(site) ? site_text(site, err) : NULL;
	bool same = made && strcmp(made, text) == 0;

	free(made);
	if (same || err->code == ERR_MEMORY)
		return same ? 0 : -1;
	return err_set(err, ERR_INPUT,
		"not a form of what was read of a distribution that this "
		"version of edgediff knows");
}

int
site_text_read(struct site *site, struct arena *texts, const char *text,
	struct err *err)
{
	struct site_reader r = {.site = site, .texts = texts};
	size_t words = 1, len = strcspn(text, " ");
	const char *at;

	*site = (struct site){.root_object = ""};
	for (at = text; *at; at++)
		words += *at == ' ';
	r.behaviors = arena_alloc(texts, words * sizeof(*r.behaviors));
	r.pages = arena_alloc(texts, words * sizeof(*r.pages));
	site->digest = arena_copy(texts, text, len);
	if (!r.behaviors || !r.pages || !site->digest)
		return err_memory(err);
	memset(r.behaviors, 0, words * sizeof(*r.behaviors));
	site->behaviors = r.behaviors;
	site->pages = r.pages;
	for (at = text + len; *at; at += len) {
		at++;
		len = strcspn(at, " ");
		read_word(&r, at, len);
		if (r.no_memory)
			return err_memory(err);
	}
	return check_text(site, text, err);
}
