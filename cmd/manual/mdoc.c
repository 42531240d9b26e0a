/* Prints mdoc, and escapes what roff would interpret. */
#include "cmd/manual/mdoc.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/console/wrap.h"

enum { INPUT_LINE_MAX = 76, PUNCTUATION_MAX = 4 };

/* The current line of text. */
struct mdoc_line {
	int column;
	const char *operands;
};

static void
end_line(struct mdoc_line *line)
{
	if (line->column > 0)
		printf("\n");
	line->column = 0;
}

static void
escape(FILE *out, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		switch (text[i]) {
		case '\\':
			fputs("\\e", out);
			break;
		case '~':
			fputs("\\(ti", out);
			break;
		case '\'':
			fputs(i == 0 ? "\\(aq" : "'", out);
			break;
		case '-':
			fputs(i == 0 ? "\\-" : "-", out);
			break;
		case '.':
			fputs(i == 0 ? "\\&." : ".", out);
			break;
		default:
			fputc(text[i], out);
		}
}

/* The length of a word without the punctuation at its end. */
static size_t
core_length(const char *word, size_t len)
{
	while (len > 1 && strchr(".,;:)", word[len - 1]))
		len--;
	return len;
}

/* Is it an operand: a word in capitals that the usage line contains? */
static bool
is_operand(const char *operands, const char *word, size_t len)
{
	size_t i, at;

	if (!operands || len < 2)
		return false;
	for (i = 0; i < len; i++)
		if (!isupper((unsigned char)word[i]))
			return false;
	for (; *operands; operands += at) {
		operands += strspn(operands, " []|");
		at = strcspn(operands, " []|.");
		if (at == len && memcmp(operands, word, len) == 0)
			return true;
		at += strspn(operands + at, ".");
	}
	return false;
}

/* Print a macro on a line of its own: `.Fl -name ,` */
static void
print_macro(struct mdoc_line *line, const char *name, const char *word,
	size_t core, size_t len)
{
	end_line(line);
	printf(".%s %.*s", name, (int)core, word);
	for (; core < len; core++)
		printf(" %c", word[core]);
	printf("\n");
}

/* Text that is put together; text_close() makes it a string. */
struct text {
	FILE *file;
	char *string;
	size_t len;
};

static void
text_open(struct text *text)
{
	text->file = open_memstream(&text->string, &text->len);
	if (!text->file) {
		perror("manual");
		exit(1);
	}
}

/* The caller frees the string. */
static void
text_close(struct text *text)
{
	if (fclose(text->file) == 0)
		return;
	perror("manual");
	exit(1);
}

static void
print_word(struct mdoc_line *line, const char *word, size_t len)
{
	struct text text;

	text_open(&text);
	escape(text.file, word, len);
	text_close(&text);
	if (line->column > 0 &&
		line->column + 1 + (int)text.len > INPUT_LINE_MAX)
		end_line(line);
	line->column +=
		printf("%s%s", line->column > 0 ? " " : "", text.string);
	free(text.string);
}

void
mdoc_prose(const char *text, const char *operands)
{
	struct mdoc_line line = {.operands = operands};
	size_t len, core;

	for (; *text; text += len) {
		text += strspn(text, " ");
		len = strcspn(text, " ");
		core = core_length(text, len);
		if (core > 2 && strncmp(text, "--", 2) == 0)
			print_macro(&line, "Fl", text + 1, core - 1, len - 1);
		else if (is_operand(operands, text, core))
			print_macro(&line, "Ar", text, core, len);
		else
			print_word(&line, text, len);
		if (len > 1 && text[len - 1] == '.')
			end_line(&line);
	}
	end_line(&line);
}

/* Print the value after the name of an option. */
static void
print_value(const struct listing_option *option)
{
	const char *value = option->value, *dots;

	if (!value)
		return;
	dots = strstr(value, "...");
	if (value[0] == '[')
		printf(" Op Cm %.*s", (int)strlen(value) - 2, value + 1);
	else if (option->kind == LISTING_CHOICE)
		printf(" Cm %s", value);
	else
		printf(" Ar %.*s%s", (int)(dots ? dots - value : 999), value,
			dots ? " ..." : "");
}

static void
print_default(const struct listing_option *option)
{
	if (option->fallback)
		printf(".Pq default: Cm %s\n", option->fallback);
}

void
mdoc_options(const struct listing_command *command, bool global)
{
	const struct listing_option *option;

	printf(".Bl -tag -width Ds\n");
	for (option = command->options;
		option < command->options + command->count; option++) {
		if (option->global != global)
			continue;
		printf(".It Fl %s", option->name + 1);
		print_value(option);
		printf("\n");
		mdoc_prose(option->help, option->value);
		if (option->required)
			printf("(required)\n");
		print_default(option);
	}
	printf(".El\n");
}

void
mdoc_keys(const struct listing_command *command)
{
	const struct listing_option *option;

	printf(".Bl -tag -width Ds\n");
	for (option = command->options;
		option < command->options + command->count; option++) {
		if (option->per_run)
			continue;
		printf(".It Cm %s Li =", option->name + strlen("--"));
		if (option->value)
			print_value(option);
		else
			printf(" Cm true|false");
		printf("\n");
		mdoc_prose(option->help, option->value);
		print_default(option);
	}
	printf(".El\n");
}

/* "OLD NEW", "BUILD --distribution-id ID", "MANIFEST...", "[COMMAND]" */
static void
print_operands(const char *operands)
{
	bool after_option = false;
	size_t len, word;

	for (; *operands; operands += len) {
		operands += strspn(operands, " ");
		len = strcspn(operands, " ");
		word = strcspn(operands, " .]");
		if (operands[0] == '-')
			printf(".Fl %.*s", (int)len - 1, operands + 1);
		else if (operands[0] == '[')
			printf(".Op Ar %.*s\n", (int)word - 1, operands + 1);
		else
			printf("%s %.*s%s\n", after_option ? " Ar" : ".Ar",
				(int)word, operands, word < len ? " ..." : "");
		after_option = operands[0] == '-';
	}
}

void
mdoc_synopsis(const struct listing_command *command)
{
	const struct listing_option *option;
	char words[LISTING_WORDS_SIZE];

	printf(".Nm edgediff Cm %s\n", listing_command_words(command, words));
	if (!command->stand_in)
		print_operands(command->operands);
	for (option = command->options;
		option < command->options + command->count; option++)
		if (option->required)
			printf(".Fl %s Ar %s\n", option->name + 1,
				option->value);
	if (command->count > 0)
		printf(".Op Ar OPTION ...\n");
}

void
mdoc_example(const char *line)
{
	struct text text;
	const char *c;

	text_open(&text);
	for (c = line; *c; c++)
		if (*c == '\'')
			fputs("\\(aq", text.file);
		else if (*c == '-')
			fputs("\\-", text.file);
		else
			escape(text.file, c, 1);
	text_close(&text);
	printf(".Bd -literal -offset indent\n$ ");
	wrap_lines(text.string, 2, " \\e");
	printf(".Ed\n");
	free(text.string);
}

void
mdoc_item(const char *macro_name, const char *tag, const char *meaning)
{
	printf(".It %s%s%s\n", macro_name, *macro_name ? " " : "", tag);
	mdoc_prose(meaning, NULL);
}
