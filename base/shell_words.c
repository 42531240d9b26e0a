/* Splits a command line into words, character by character. */
#include "base/shell_words.h"

#include <openssl/crypto.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct word_splitter {
	const char *in;
	char *out;
};

/* Read the text between quotes; `in` is just after the opening quote. */
static int
read_quoted(struct word_splitter *s, char quote, struct err *err)
{
	for (; *s->in != quote; s->in++) {
		if (quote == '"' && *s->in == '\\' &&
			(s->in[1] == '"' || s->in[1] == '\\'))
			s->in++;
		if (!*s->in)
			return err_set(err, ERR_INPUT, "a quote is not closed");
		*s->out++ = *s->in;
	}
	s->in++;
	return 0;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Read the word that begins here, and end it with a NUL. */
static int
read_word(struct word_splitter *s, struct err *err)
{
	while (*s->in && !is_blank(*s->in)) {
		char c = *s->in++;

		if (c == '\'' || c == '"') {
			if (read_quoted(s, c, err) != 0)
				return -1;
			continue;
		}
		if (c == '\\')
			c = *s->in++;
		if (!c)
			return err_set(
				err, ERR_INPUT, "a backslash at the end");
		*s->out++ = c;
	}
	*s->out++ = '\0';
	return 0;
}

int
shell_words_split(struct shell_words *words, const char *text, struct err *err)
{
	size_t len = strlen(text);
	struct word_splitter s = {.in = text};

	*words = (struct shell_words){.size = len + 1};
	words->text = malloc(words->size);
	words->list = calloc(len / 2 + 2, sizeof(*words->list));
	if (!words->text || !words->list)
		return err_memory(err);
	for (s.out = words->text; *s.in;) {
		if (is_blank(*s.in)) {
			s.in++;
			continue;
		}
		words->list[words->count++] = s.out;
		if (read_word(&s, err) != 0)
			return -1;
	}
	return 0;
}

void
shell_words_release(struct shell_words *words)
{
	if (words->text)
		OPENSSL_cleanse(words->text, words->size);
	free(words->text);
	free(words->list);
	*words = (struct shell_words){.list = NULL};
}
