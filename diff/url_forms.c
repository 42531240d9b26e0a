/* Derives the URLs of objects, and keeps how that was done as text. */
#include "diff/url_forms.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"

static size_t
derive_index(const struct url_forms *forms, size_t len, size_t folder,
	size_t lengths[URL_FORMS_MAX])
{
	size_t count = 0;

	if (forms->index_file)
		lengths[count++] = len;
	if (forms->index_slash)
		lengths[count++] = folder;
	if (forms->index_bare && folder > 1)
		lengths[count++] = folder - 1;
	return count;
}

size_t
url_forms_derive(const struct url_forms *forms, const char *index,
	const char *path, size_t len, size_t lengths[URL_FORMS_MAX])
{
	static const char html[] = ".html";
	const size_t html_len = sizeof(html) - 1;
	const char *name = strrchr(path, '/') + 1;
	size_t folder = (size_t)(name - path);

	if (strcmp(name, index) == 0)
		return derive_index(forms, len, folder, lengths);
	lengths[0] = len;
	if (!forms->clean_urls || len - folder <= html_len ||
		strcmp(path + len - html_len, html) != 0)
		return 1;
	lengths[1] = len - html_len;
	return 2;
}

/* A word of the text, and what it stands for. */
struct form_word {
	const char *word;
	size_t offset; /* of a bool in struct url_forms */
};

static const struct form_word words[] = {
	{"file", offsetof(struct url_forms, index_file)},
	{"slash", offsetof(struct url_forms, index_slash)},
	{"bare", offsetof(struct url_forms, index_bare)},
	{"clean", offsetof(struct url_forms, clean_urls)},
};

enum {
	WORD_COUNT = sizeof(words) / sizeof(words[0]),
};

static void
write_words(struct buf *out, const struct url_forms *forms)
{
	const char *separator = "";
	bool set;
	size_t i;

	for (i = 0; i < WORD_COUNT; i++) {
		memcpy(&set, (const char *)forms + words[i].offset,
			sizeof(set));
		if (!set)
			continue;
		buf_addf(out, "%s%s", separator, words[i].word);
		separator = ",";
	}
}

char *
url_forms_text(const struct url_forms *forms, struct err *err)
{
	struct buf out;

	buf_init(&out, URL_FORMS_TEXT_MAX);
	write_words(&out, forms);
	buf_addch(&out, ' ');
	escape_name(&out, forms->index_document, strlen(forms->index_document));
	return buf_detach(&out, err);
}

/* Is it exactly what url_forms_text makes? */
static int
compare_text(const struct url_forms *forms, const char *text, bool *equal,
	struct err *err)
{
	char *made = url_forms_text(forms, err);

	if (!made)
		return -1;
	*equal = strcmp(made, text) == 0;
	free(made);
	return 0;
}

/* Read the words, whatever their order; returns where they end. */
static const char *
read_words(struct url_forms *forms, const char *text)
{
	const bool set = true;
	size_t len, i;

	for (;; text += len + 1) {
		len = strcspn(text, ", ");
		for (i = 0; i < WORD_COUNT; i++)
			if (strlen(words[i].word) == len &&
				memcmp(words[i].word, text, len) == 0)
				memcpy((char *)forms + words[i].offset, &set,
					sizeof(set));
		if (text[len] != ',')
			return text + len;
	}
}

int
url_forms_read(struct url_forms *forms, struct buf *document, const char *text,
	struct err *err)
{
	struct escaped_name shown;
	bool equal = false;
	const char *name;
	long len = -1;

	*forms = (struct url_forms){.index_document = ""};
	name = read_words(forms, text);
	buf_clear(document);
	buf_addstr(document, *name ? name + 1 : name);
	if (buf_check(document, err) != 0)
		return -1;
	if (document->len > 0)
		len = escape_undo(document->data, document->len);
	if (len > 0) {
		buf_cut(document, (size_t)len);
		forms->index_document = buf_str(document);
		if (!strchr(forms->index_document, '/') &&
			compare_text(forms, text, &equal, err) != 0)
			return -1;
	}
	if (equal)
		return 0;
	return err_set(err, ERR_INPUT,
		"'urls %s': not a form of URLs that this version of edgediff "
		"knows, like 'file,slash index.html'",
		escape_show_str(&shown, text));
}
