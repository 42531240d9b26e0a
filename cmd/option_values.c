/* Turns option text into build options, URL rules and plan limits. */
#include "cmd/option_values.h"

#include <ctype.h>
#include <string.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/glob.h"
#include "base/thread_pool.h"
#include "cmd/console/log.h"
#include "diff/guard.h"
#include "diff/plan_limits.h"
#include "diff/url_rules.h"

int
option_values_path(const char *name, const char *text, struct err *err)
{
	struct escaped_name shown;

	if (!isalpha((unsigned char)text[0]) || text[1] != ':' ||
		(text[2] != '/' && text[2] != '\\'))
		return 0;
	return err_set(err, ERR_USAGE,
		"%s '%s': expected a path of the site, like /docs/, not of a "
		"drive; Git Bash turns one into the other: set "
		"MSYS_NO_PATHCONV=1 (in MSYS2 MSYS2_ARG_CONV_EXCL='*')",
		name, escape_show_str(&shown, text));
}

/* What is meant by a path with backslashes: the same with slashes. */
static const char *
with_slashes(struct escaped_name *out, const char *text)
{
	char *at;

	escape_show_str(out, text);
	for (at = out->text; *at; at++)
		if (*at == '\\')
			*at = '/';
	return out->text;
}

/* A path as Windows writes it; one that begins with / may have a backslash. */
static int
check_slashes(const char *name, const char *text, struct err *err)
{
	struct escaped_name shown, meant;

	if (text[0] == '/' || !strchr(text, '\\'))
		return 0;
	with_slashes(&meant, text);
	return err_set(err, ERR_USAGE,
		"%s '%s': a path of the site has /, not \\: expected %s%s",
		name, escape_show_str(&shown, text),
		meant.text[0] == '/' ? "" : "/", meant.text);
}

int
option_values_url_path(const char *name, const char *text, struct err *err)
{
	return option_values_path(name, text, err) != 0
		       ? -1
		       : check_slashes(name, text, err);
}

/*
 * Is a backslash where a folder may be meant to end? To make a *, ?, [ or ] at
 * the start of a name or a ? anywhere plain is what backslashes are for.
 */
static bool
has_folder_backslash(const char *glob)
{
	const char *at = glob;

	for (; (at = strchr(at, '\\')); at += at[1] ? 2 : 1)
		if (isalnum((unsigned char)at[1]) ||
			(at > glob && at[-1] != '/' && at[1] == '*'))
			return true;
	return false;
}

static void
warn_of_backslash(const char *name, const char *glob)
{
	struct escaped_name shown, meant;

	if (!has_folder_backslash(glob))
		return;
	with_slashes(&meant, glob);
	log_warning("warning: %s '%s': a backslash does not end a folder, it "
		    "makes the next character plain: did you mean '%s'?",
		name, escape_show_str(&shown, glob), meant.text);
}

static int
check_globs(const struct settings *settings, const char *name,
	const struct string_list *globs, struct err *err)
{
	const char *glob;
	size_t i;

	for (i = 0; i < globs->count; i++) {
		glob = globs->items[i];
		if (option_values_path(name, glob, err) != 0)
			return settings_blame(settings, glob, err);
		if (glob_check(glob, err) != 0) {
			err_context(err, "%s", name);
			return settings_blame(settings, glob, err);
		}
		warn_of_backslash(name, glob);
	}
	return 0;
}

/* option_number for an option's value. */
static int
read_number(const struct settings *settings, const char *name,
	const char *value, unsigned long min, unsigned long max,
	unsigned long *out, struct err *err)
{
	return option_number(name, value, min, max, out, err) == 0
		       ? 0
		       : settings_blame(settings, value, err);
}

/* The number of threads that read: --jobs, or one for each processor. */
static int
read_jobs(const struct settings *settings, size_t *out, struct err *err)
{
	unsigned long jobs;
	long processors;

	if (settings->jobs) {
		if (read_number(settings, "--jobs", settings->jobs, 1,
			    THREAD_POOL_MAX, &jobs, err) != 0)
			return -1;
		*out = jobs;
		return 0;
	}
	processors = sysconf(_SC_NPROCESSORS_ONLN);
	*out = processors < 1                 ? 1
	       : processors > THREAD_POOL_MAX ? THREAD_POOL_MAX
					      : (size_t)processors;
	return 0;
}

/* edgediff.conf cannot have --shard, so an error needs no line. */
static int
read_shard(const struct settings *settings, struct shard *out, struct err *err)
{
	unsigned long index, count;

	if (!settings->shard)
		return 0;
	if (option_number_part("--shard", settings->shard, SHARDS_MAX, &index,
		    &count, err) != 0)
		return -1;
	*out = (struct shard){(uint32_t)index, (uint32_t)count};
	return 0;
}

/* "root,moved": each word is the name of a guard. */
static int
check_allow(const struct settings *settings, struct err *err)
{
	struct escaped_name shown;
	const char *list, *at;
	size_t i, len;

	for (i = 0; i < settings->allow.count; i++) {
		list = settings->allow.items[i];
		for (at = list;; at += len + 1) {
			len = strcspn(at, ",");
			if (!guard_find(at, len)) {
				err_set(err, ERR_USAGE,
					"--allow %s: expected a list of empty, "
					"archive, root, moved, partial and "
					"lfs, separated by commas",
					escape_show_str(&shown, list));
				return settings_blame(settings, list, err);
			}
			if (!at[len])
				break;
		}
	}
	return 0;
}

int
option_values_build(const struct settings *settings, struct build_options *out,
	struct err *err)
{
	*out = (struct build_options){
		.root = settings->root,
		.exclude = settings->exclude.items,
		.exclude_count = settings->exclude.count,
		.no_follow = settings->no_follow,
	};
	if (build_check_root(settings->root, err) != 0)
		return settings_blame(settings, settings->root, err);
	if (read_jobs(settings, &out->jobs, err) != 0 ||
		read_shard(settings, &out->shard, err) != 0 ||
		check_allow(settings, err) != 0)
		return -1;
	return check_globs(settings, "--exclude", &settings->exclude, err);
}

/* "file,slash": each word adds one kind of URL for an index document. */
static int
read_index_urls(const char *list, struct url_forms *out, struct err *err)
{
	const char *at = list;
	struct escaped_name shown;
	size_t len;

	for (;;) {
		len = strcspn(at, ",");
		if (len == 4 && memcmp(at, "file", 4) == 0)
			out->index_file = true;
		else if (len == 5 && memcmp(at, "slash", 5) == 0)
			out->index_slash = true;
		else if (len == 4 && memcmp(at, "bare", 4) == 0)
			out->index_bare = true;
		else
			return err_set(err, ERR_USAGE,
				"--index-urls %s: expected a list of file, "
				"slash and bare, separated by commas",
				escape_show_str(&shown, list));
		if (!at[len])
			return 0;
		at += len + 1;
	}
}

static int
read_doubtful(const char *word, struct url_rules *out, struct err *err)
{
	struct escaped_name shown;

	out->doubtful_encode = strcmp(word, "encode") == 0;
	if (out->doubtful_encode || strcmp(word, "widen") == 0)
		return 0;
	return err_set(err, ERR_USAGE,
		"--doubtful %s: expected encode or widen",
		escape_show_str(&shown, word));
}

int
option_values_urls(
	const struct settings *settings, struct url_rules *out, struct err *err)
{
	const struct string_list *never = &settings->never_widen;
	const char *wrong;
	size_t i;

	*out = (struct url_rules){
		.prefix = settings->prefix,
		.forms.index_document = settings->index_document,
		.forms.clean_urls = settings->clean_urls,
		.query_strings = settings->query_strings,
		.skip_added = settings->skip_added,
		.immutable = settings->immutable.items,
		.immutable_count = settings->immutable.count,
		.fallback = settings->fallback.items,
		.fallback_count = settings->fallback.count,
		.never_widen = never->items,
		.never_widen_count = never->count,
	};
	if (option_values_url_path("--prefix", settings->prefix, err) != 0)
		return settings_blame(settings, settings->prefix, err);
	for (i = 0; i < never->count; i++)
		if (option_values_url_path(
			    "--never-widen", never->items[i], err) != 0)
			return settings_blame(settings, never->items[i], err);
	if (read_doubtful(settings->doubtful, out, err) != 0)
		return settings_blame(settings, settings->doubtful, err);
	if (read_index_urls(settings->index_urls, &out->forms, err) != 0)
		return settings_blame(settings, settings->index_urls, err);
	if (check_globs(settings, "--immutable", &settings->immutable, err) !=
		0)
		return -1;
	if (url_rules_check(out, &wrong, err) == 0)
		return 0;
	return wrong ? settings_blame(settings, wrong, err) : -1;
}

int
option_values_limits(const struct settings *settings, struct plan_limits *out,
	struct err *err)
{
	unsigned long paths, wildcards, cost, foreign;

	if (read_number(settings, "--max-paths", settings->max_paths, 1,
		    PATHS_MAX, &paths, err) != 0 ||
		read_number(settings, "--max-wildcards",
			settings->max_wildcards, 0, WILDCARDS_MAX, &wildcards,
			err) != 0 ||
		read_number(settings, "--foreign-cost", settings->foreign_cost,
			0, FOREIGN_COST_MAX, &foreign, err) != 0)
		return -1;
	if (option_number_millionths("--collateral-cost",
		    settings->collateral_cost, COST_MAX, &cost, err) != 0)
		return settings_blame(settings, settings->collateral_cost, err);
	*out = (struct plan_limits){
		.paths_max = paths,
		.wildcards_max = wildcards,
		.collateral_cost = cost,
		.foreign_cost = (uint32_t)foreign,
	};
	return 0;
}
