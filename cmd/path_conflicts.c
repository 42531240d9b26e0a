/* Checks that the files of a run don't get in each other's way. */
#include "cmd/path_conflicts.h"

#include <stdlib.h>
#include <string.h>

#include "base/atomic_file.h"
#include "base/escape.h"
#include "base/path.h"
#include "cmd/inspection.h"
#include "deploy/store_open.h"
#include "manifest/path_inside.h"

/* A file that an option names. */
struct used_file {
	const char *option;
	const char *path; /* NULL if the option was not given */
	const char *const *suffixes; /* of files created beside it, or NULL */
	bool follows_link; /* they are beside the file that a link leads to */
};

static const char *const baseline_suffixes[] = {
	ATOMIC_FILE_LOCK, ATOMIC_FILE_TEMPORARY, NULL};
static const char *const cache_suffixes[] = {ATOMIC_FILE_TEMPORARY, NULL};

/* What the checks are about. */
struct path_check {
	const struct settings *settings;
	const char *build;
	const struct build_options *reading;
	struct written_files *written; /* receives the files */
};

bool
path_conflicts_is_same(const char *a, const char *b)
{
	char *real_a = path_canonical_missing(a);
	char *real_b = path_canonical_missing(b);
	bool same = real_a && real_b ? strcmp(real_a, real_b) == 0
				     : strcmp(a, b) == 0;

	free(real_a);
	free(real_b);
	return same;
}

/* NULL if memory runs out. */
static char *
name_beside(const struct used_file *file, const char *suffix)
{
	char *real =
		file->follows_link ? path_canonical_missing(file->path) : NULL;
	char *name = path_with_suffix(real ? real : file->path, suffix);

	free(real);
	return name;
}

/* Would `path` be a lock or a temporary file that is created beside `file`? */
static int
find_beside(const struct used_file *file, const char *path, bool *found,
	struct err *err)
{
	const char *const *suffix = file->suffixes;
	char *name;

	*found = false;
	for (; suffix && *suffix && !*found; suffix++) {
		name = name_beside(file, *suffix);
		if (!name)
			return err_memory(err);
		*found = path_conflicts_is_same(name, path);
		free(name);
	}
	return 0;
}

static int
check_beside(const struct path_check *check, const struct used_file *file,
	const struct used_file *other, struct err *err)
{
	struct escaped_name shown;
	bool found;

	if (find_beside(file, other->path, &found, err) != 0)
		return -1;
	if (!found)
		return 0;
	err_set(err, ERR_USAGE,
		"%s %s: edgediff creates a file of that name beside the one of "
		"%s: use another name",
		other->option, escape_show_str(&shown, other->path),
		file->option);
	return settings_blame(check->settings, other->path, err);
}

static int
check_pair(const struct path_check *check, const struct used_file *a,
	const struct used_file *b, struct err *err)
{
	struct escaped_name shown;

	if (!a->path || !b->path)
		return 0;
	if (path_conflicts_is_same(a->path, b->path)) {
		err_set(err, ERR_USAGE,
			"%s %s: this is also the file of %s: use another name",
			b->option, escape_show_str(&shown, b->path), a->option);
		return settings_blame(check->settings, b->path, err);
	}
	if (check_beside(check, a, b, err) != 0)
		return -1;
	return check_beside(check, b, a, err);
}

/*
 * Does its folder exist? If not, writing the file would fail at the very end.
 */
static int
check_folder(const struct used_file *file, struct err *err)
{
	char *real = file->path ? path_canonical(file->path, err) : NULL;

	if (file->path && !real)
		return err_context(err, "%s", file->option);
	free(real);
	return 0;
}

static int
check_outside(const struct path_check *check, const struct used_file *file,
	struct err *err)
{
	const struct build_options *reading = check->reading;
	struct escaped_name shown;
	bool outside;
	char *key;

	if (!file->path)
		return 0;
	key = path_inside_key(file->path, check->build, reading->root);
	outside = !key ||
		  (check->written->with_folders
				  ? path_inside_folder_is_excluded(reading, key)
				  : path_inside_is_excluded(reading, key));
	free(key);
	if (outside)
		return written_files_add(
			check->written, file->option, file->path, err);
	err_set(err, ERR_USAGE,
		"%s %s is inside the build, which would change with it: put "
		"it elsewhere, or --exclude its folder",
		file->option, escape_show_str(&shown, file->path));
	return settings_blame(check->settings, file->path, err);
}

static int
check_reports(const struct path_check *check, struct err *err)
{
	const struct string_list *reports = &check->settings->report;
	struct used_file report;
	size_t i;

	for (i = 0; i < reports->count; i++) {
		report = (struct used_file){
			"--report", reports->items[i], NULL, false};
		if (check_outside(check, &report, err) != 0)
			return -1;
	}
	return 0;
}

enum { BASELINE, REVIEWED, READING, CACHE, STAMP, DEPFILE, FILES };

static int
check_all(const struct path_check *check, const struct used_file files[FILES],
	struct err *err)
{
	const struct string_list *reports = &check->settings->report;
	struct used_file report;
	size_t i, j;

	for (i = 0; i < FILES; i++) {
		if (files[i].path && !*files[i].path) {
			err_set(err, ERR_USAGE,
				"%s '': expected the name of a file",
				files[i].option);
			return settings_blame(
				check->settings, files[i].path, err);
		}
		for (j = 0; j < i; j++)
			if (check_pair(check, &files[j], &files[i], err) != 0)
				return -1;
	}
	if (check_folder(&files[STAMP], err) != 0 ||
		check_folder(&files[DEPFILE], err) != 0 ||
		check_outside(check, &files[BASELINE], err) != 0 ||
		check_outside(check, &files[STAMP], err) != 0 ||
		check_outside(check, &files[DEPFILE], err) != 0)
		return -1;
	for (i = 0; i < reports->count; i++) {
		report = (struct used_file){
			"--report", reports->items[i], NULL, false};
		for (j = 0; j < FILES; j++)
			if (check_pair(check, &files[j], &report, err) != 0)
				return -1;
	}
	return check_reports(check, err);
}

int
path_conflicts_check(const struct settings *settings, const char *where,
	const char *build, const struct build_options *reading,
	struct written_files *written, struct err *err)
{
	const struct path_check check = {settings, build, reading, written};
	const struct used_file files[FILES] = {
		[BASELINE] = {"--baseline", store_is_s3(where) ? NULL : where,
			baseline_suffixes, true},
		[REVIEWED] = {"--reviewed", settings->reviewed, NULL, false},
		[READING] = {"--inspect", inspection_file(settings), NULL,
			false},
		[CACHE] = {"--cache", settings->cache, cache_suffixes, false},
		[STAMP] = {"--stamp", settings->stamp, NULL, false},
		[DEPFILE] = {"--depfile", settings->depfile, NULL, false},
	};

	/* a dependency file names the build's folders, whose times count */
	written->with_folders = settings->depfile != NULL;
	return check_all(&check, files, err);
}

int
path_conflicts_check_reports(const struct settings *settings, const char *build,
	const struct build_options *reading, struct written_files *written,
	struct err *err)
{
	const struct path_check check = {settings, build, reading, written};

	return check_reports(&check, err);
}
