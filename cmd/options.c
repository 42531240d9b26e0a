/* The table of options, and the parser that reads arguments by it. */
#include "cmd/options.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/name.h"

#define AT(member) offsetof(struct settings, member)

enum {
	BUILDS = FOR_MANIFEST | FOR_DIFF | FOR_PLAN | FOR_INVALIDATE,
	PLANS = FOR_PLAN | FOR_INVALIDATE,
	DEPLOYMENTS = FOR_INVALIDATE | FOR_STATUS,
	ALL = BUILDS | FOR_STATUS,
};

const struct option_row option_rows[] = {
	{"--root", "DIR", NULL,
		"the build is this folder inside the folder or archive",
		OPTION_TEXT, AT(root), BUILDS},
	{"--exclude", "GLOB", NULL,
		"not part of the build, by gitignore's rules (repeatable)",
		OPTION_LIST, AT(exclude), BUILDS},
	{"--jobs", "N", NULL,
		"threads that read a build (1 to 256); by default one for "
		"each processor",
		OPTION_TEXT, AT(jobs), BUILDS},
	{"--cache", "FILE", NULL,
		"remember the files of a folder in it, so that those that did "
		"not change are not read again; for invalidate by default "
		"beside the baseline",
		OPTION_TEXT, AT(cache), FOR_MANIFEST | FOR_INVALIDATE},
	{"--no-cache", NULL, NULL, "read every file", OPTION_FLAG, AT(no_cache),
		FOR_MANIFEST | FOR_INVALIDATE},
	{"--shard", "I/N", NULL,
		"only the Ith of N (up to 100000) parts of the build, by "
		"their keys; edgediff merge makes one manifest of all of them",
		OPTION_TEXT, AT(shard), FOR_MANIFEST},

	{"--prefix", "PATH", "/",
		"where the build is mounted; no wildcard is cut shorter",
		OPTION_TEXT, AT(prefix), PLANS},
	{"--index-document", "NAME", "index.html", "the directory index",
		OPTION_TEXT, AT(index_document), PLANS},
	{"--index-urls", "LIST", "file,slash",
		"URLs of a/index.html: file is /a/index.html, slash /a/, "
		"bare /a",
		OPTION_TEXT, AT(index_urls), PLANS},
	{"--clean-urls", NULL, NULL, "a.html answers at /a too", OPTION_FLAG,
		AT(clean_urls), PLANS},
	{"--query-strings", NULL, NULL,
		"cache keys hold query strings, so only wildcards cover a URL",
		OPTION_FLAG, AT(query_strings), PLANS},
	{"--never-widen", "PREFIX", NULL,
		"no wildcard may cover a URL under it: another origin's /api/",
		OPTION_LIST, AT(never_widen), PLANS},
	{"--skip-added", NULL, NULL, "added objects make no stale URL",
		OPTION_FLAG, AT(skip_added), PLANS},
	{"--immutable", "GLOB", NULL,
		"fingerprinted names, never stale; a changed one is a warning "
		"(repeatable)",
		OPTION_LIST, AT(immutable), PLANS},
	{"--doubtful", "encode|widen", "widen",
		"how to cover names with ~ or ', which may not match encoded",
		OPTION_TEXT, AT(doubtful), PLANS},
	{"--max-paths", "N", "100", "at most this many items (1 to 3000)",
		OPTION_TEXT, AT(max_paths), PLANS},
	{"--max-wildcards", "N", "15",
		"at most this many of them wildcards (0 to 15)", OPTION_TEXT,
		AT(max_wildcards), PLANS},
	{"--collateral-cost", "R", "1",
		"one needlessly dropped URL weighs as much as R items "
		"(0 to 1000)",
		OPTION_TEXT, AT(collateral_cost), PLANS},

	{"--explain", "URL", NULL,
		"say by which item and because of what this URL is covered",
		OPTION_TEXT, AT(explain), FOR_PLAN},

	{"--distribution-id", "ID", NULL, "the CloudFront distribution",
		OPTION_TEXT, AT(distribution), DEPLOYMENTS},
	{"--baseline", "WHERE", NULL,
		"the record of the last accepted deployment, a file or "
		"s3://BUCKET/KEY; by default .edgediff/ID.baseline",
		OPTION_TEXT, AT(baseline), DEPLOYMENTS},
	{"--first-run", "all|none|fail", "all",
		"with no baseline: drop everything, take the edge for fresh, "
		"or refuse",
		OPTION_TEXT, AT(first_run), FOR_INVALIDATE},
	{"--allow-empty", NULL, NULL, "a build without objects is meant so",
		OPTION_FLAG, AT(allow_empty), FOR_INVALIDATE},
	{"--dry-run", NULL, NULL,
		"send and write nothing; print the batch for review",
		OPTION_FLAG, AT(dry_run), FOR_INVALIDATE},
	{"--wait", NULL, NULL, "wait until the invalidation is completed",
		OPTION_FLAG, AT(wait), FOR_INVALIDATE},
	{"--wait-timeout", "SECONDS", "600",
		"wait at most this long: for --wait, and where too many "
		"invalidations are in progress",
		OPTION_TEXT, AT(wait_timeout), FOR_INVALIDATE},

	{"--profile", "NAME", NULL,
		"the profile of AWS's configuration and credentials files",
		OPTION_TEXT, AT(profile), DEPLOYMENTS},
	{"--region", "NAME", NULL,
		"the region of the s3:// bucket, and to sign for at another "
		"endpoint",
		OPTION_TEXT, AT(region), DEPLOYMENTS},
	{"--endpoint-url", "URL", NULL, "another CloudFront endpoint",
		OPTION_TEXT, AT(endpoint_url), DEPLOYMENTS},
	{"--ca-bundle", "FILE", NULL, "certificates to trust instead",
		OPTION_TEXT, AT(ca_bundle), DEPLOYMENTS},
	{"--s3-addressing-style", "auto|virtual|path", NULL,
		"name the bucket of s3://BUCKET/KEY in the host or in the "
		"path; by default as the profile says, else auto",
		OPTION_TEXT, AT(s3_addressing_style), DEPLOYMENTS},

	{"--output", "text|json", "text", "the form of standard output",
		OPTION_TEXT, AT(output), ALL},
	{"--help", NULL, NULL, "this text", OPTION_FLAG, AT(help),
		ALL | FOR_MERGE},
	{0},
};

static void *
slot(struct settings *settings, const struct option_row *row)
{
	return (char *)settings + row->offset;
}

static void
set_defaults(struct settings *settings)
{
	const struct option_row *row;

	*settings = (struct settings){0};
	for (row = option_rows; row->name; row++)
		if (row->kind == OPTION_TEXT)
			*(const char **)slot(settings, row) = row->fallback;
}

static const struct option_row *
find_row(const char *arg, size_t len, unsigned bit)
{
	const struct option_row *row;

	for (row = option_rows; row->name; row++)
		if ((row->commands & bit) && strlen(row->name) == len &&
			memcmp(row->name, arg, len) == 0)
			return row;
	return NULL;
}

static int
append(struct string_list *list, const char *item, struct err *err)
{
	const char **items =
		realloc(list->items, (list->count + 1) * sizeof(*list->items));

	if (!items)
		return err_memory(err);
	items[list->count++] = item;
	list->items = items;
	return 0;
}

/* Take argv[*i] as an option, and its value from behind it where needed. */
static int
take_option(struct settings *settings, unsigned bit, int argc, char **argv,
	int *i, struct err *err)
{
	const char *arg = argv[*i], *equals = strchr(arg, '='), *value;
	size_t len = equals ? (size_t)(equals - arg) : strlen(arg);
	const struct option_row *row = find_row(arg, len, bit);
	struct shown_name shown;

	if (!row)
		return err_set(err, ERR_USAGE, "unknown option %s",
			name_show(&shown, arg, len));
	if (row->kind == OPTION_FLAG) {
		if (equals)
			return err_set(
				err, ERR_USAGE, "%s takes no value", row->name);
		*(bool *)slot(settings, row) = true;
		return 0;
	}
	value = equals ? equals + 1 : NULL;
	if (!value && ++*i < argc)
		value = argv[*i];
	if (!value)
		return err_set(err, ERR_USAGE, "%s needs a value: %s %s",
			row->name, row->name, row->value);
	if (row->kind == OPTION_LIST)
		return append(slot(settings, row), value, err);
	*(const char **)slot(settings, row) = value;
	return 0;
}

int
options_parse(struct settings *settings, unsigned bit, int argc, char **argv,
	const char **operands, int *operand_count, struct err *err)
{
	bool options = true;
	int i;

	set_defaults(settings);
	*operand_count = 0;
	for (i = 1; i < argc; i++) {
		if (options && strcmp(argv[i], "--") == 0)
			options = false;
		else if (options && strcmp(argv[i], "-h") == 0)
			settings->help = true;
		else if (!options || argv[i][0] != '-' || !argv[i][1])
			operands[(*operand_count)++] = argv[i];
		else if (take_option(settings, bit, argc, argv, &i, err) != 0)
			return -1;
	}
	return 0;
}

void
settings_release(struct settings *settings)
{
	free(settings->exclude.items);
	free(settings->immutable.items);
	free(settings->never_widen.items);
	*settings = (struct settings){0};
}

/* Decimal digits only, up to `max`; the first byte behind them in *end. */
static bool
read_digits(const char *text, unsigned long max, const char **end,
	unsigned long *out)
{
	unsigned long n = 0, digit;

	for (*end = text; isdigit((unsigned char)**end); (*end)++) {
		digit = (unsigned long)(**end - '0');
		if (n > (max - digit) / 10 || digit > max)
			return false;
		n = n * 10 + digit;
	}
	*out = n;
	return *end > text;
}

int
option_number(const char *name, const char *text, unsigned long min,
	unsigned long max, unsigned long *out, struct err *err)
{
	struct shown_name shown;
	const char *end;

	if (!read_digits(text, max, &end, out) || *end || *out < min)
		return err_set(err, ERR_USAGE,
			"%s %s: want a whole number from %lu to %lu", name,
			name_show_str(&shown, text), min, max);
	return 0;
}

int
option_part(const char *name, const char *text, unsigned long most,
	unsigned long *part, unsigned long *parts, struct err *err)
{
	struct shown_name shown;
	const char *end;

	if (read_digits(text, most, &end, part) && *end == '/' &&
		read_digits(end + 1, most, &end, parts) && !*end &&
		*part >= 1 && *part <= *parts)
		return 0;
	return err_set(err, ERR_USAGE,
		"%s %s: want I/N, the Ith of N parts: 1/1 to %lu/%lu", name,
		name_show_str(&shown, text), most, most);
}

int
option_millionths(const char *name, const char *text, unsigned long max_units,
	unsigned long *out, struct err *err)
{
	unsigned long units, unit = 1000000;
	struct shown_name shown;
	const char *end;

	if (!read_digits(text, max_units, &end, &units))
		goto wrong;
	*out = units * unit;
	if (*end == '.') {
		for (end++; isdigit((unsigned char)*end) && unit > 1; end++) {
			unit /= 10;
			*out += (unsigned long)(*end - '0') * unit;
		}
	}
	if (*end || *out > max_units * 1000000)
		goto wrong;
	return 0;
wrong:
	return err_set(err, ERR_USAGE,
		"%s %s: want a number from 0 to %lu with up to six decimal "
		"places",
		name, name_show_str(&shown, text), max_units);
}

int
option_output(const struct settings *settings, bool *json, struct err *err)
{
	struct shown_name shown;

	*json = strcmp(settings->output, "json") == 0;
	if (*json || strcmp(settings->output, "text") == 0)
		return 0;
	return err_set(err, ERR_USAGE, "--output %s: want text or json",
		name_show_str(&shown, settings->output));
}
