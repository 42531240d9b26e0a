/* Sees that the files of a run are apart. */
#include "cmd/path_conflicts.h"

#include <stdlib.h>
#include <string.h>

#include "base/atomic_file.h"
#include "base/escape.h"
#include "base/path.h"
#include "deploy/store_open.h"
#include "manifest/path_inside.h"

struct named {
	const char *name; /* of its option */
	const char *path; /* NULL if the option was not given */
	bool has_siblings; /* a lock or a temporary file is made beside it */
};

bool
path_conflicts_is_same(const char *a, const char *b)
{
	char *real_a = path_canonical_missing(a);
	char *real_b = path_canonical_missing(b);
	bool one = real_a && real_b ? strcmp(real_a, real_b) == 0
				    : strcmp(a, b) == 0;

	free(real_a);
	free(real_b);
	return one;
}

/* Would `path` be a lock or a temporary file that is created beside `file`? */
static bool
is_beside(const struct named *file, const char *path)
{
	char *real, *other;
	bool beside;

	if (!file->has_siblings)
		return false;
	real = path_canonical_missing(file->path);
	other = path_canonical_missing(path);
	beside = atomic_file_is_sibling(
		real ? real : file->path, other ? other : path);
	free(real);
	free(other);
	return beside;
}

static int
check_beside(
	const struct named *file, const struct named *other, struct err *err)
{
	struct escaped_name shown;

	if (!is_beside(file, other->path))
		return 0;
	return err_set(err, ERR_USAGE,
		"%s %s: edgediff creates a file of that name beside the one of "
		"%s: name another one",
		other->name, escape_show_str(&shown, other->path), file->name);
}

static int
check_pair(const struct named *a, const struct named *b, struct err *err)
{
	struct escaped_name shown;

	if (!a->path || !b->path)
		return 0;
	if (path_conflicts_is_same(a->path, b->path))
		return err_set(err, ERR_USAGE,
			"%s %s: that is the file of %s: name another one",
			b->name, escape_show_str(&shown, b->path), a->name);
	if (check_beside(a, b, err) != 0)
		return -1;
	return check_beside(b, a, err);
}

/* Is its folder there? Else it would be missed when all is done. */
static int
check_folder(const struct named *file, struct err *err)
{
	char *real = file->path ? path_canonical(file->path, err) : NULL;

	if (file->path && !real)
		return err_context(err, "%s", file->name);
	free(real);
	return 0;
}

/*
 * A dependency file (`times`) names the build's folders, whose times change
 * with each file that is written in them.
 */
static int
check_outside(const struct named *file, const char *build,
	const struct build_options *reading, bool times, struct err *err)
{
	char *key = file->path
			    ? path_inside_key(file->path, build, reading->root)
			    : NULL;
	bool apart =
		!key || (times ? path_inside_folder_is_excluded(reading, key)
			       : path_inside_is_excluded(reading, key));
	struct escaped_name shown;

	free(key);
	if (apart)
		return 0;
	return err_set(err, ERR_USAGE,
		"%s %s is inside the build, which would change with it: put "
		"it elsewhere, or --exclude its folder",
		file->name, escape_show_str(&shown, file->path));
}

static int
check_reports(const struct settings *settings, const char *build,
	const struct build_options *reading, bool times, struct err *err)
{
	size_t i;

	for (i = 0; i < settings->report.count; i++) {
		const struct named report = {
			"--report", settings->report.items[i], false};

		if (check_outside(&report, build, reading, times, err) != 0)
			return -1;
	}
	return 0;
}

/* The files of options. */
enum { BASELINE, REVIEWED, CACHE, STAMP, DEPFILE, FILES };

static void
name_all(struct named files[FILES], const struct settings *settings,
	const char *where)
{
	files[BASELINE] = (struct named){
		"--baseline", store_is_s3(where) ? NULL : where, true};
	files[REVIEWED] =
		(struct named){"--reviewed", settings->reviewed, false};
	files[CACHE] = (struct named){"--cache", settings->cache, true};
	files[STAMP] = (struct named){"--stamp", settings->stamp, false};
	files[DEPFILE] = (struct named){"--depfile", settings->depfile, false};
}

static int
check_all(const struct named files[FILES], const struct settings *settings,
	const char *build, const struct build_options *reading, struct err *err)
{
	bool times = settings->depfile != NULL;
	size_t i, j;

	for (i = 0; i < FILES; i++) {
		if (files[i].path && !*files[i].path)
			return err_set(err, ERR_USAGE,
				"%s '': want the name of a file",
				files[i].name);
		for (j = 0; j < i; j++)
			if (check_pair(&files[j], &files[i], err) != 0)
				return -1;
	}
	if (check_folder(&files[STAMP], err) != 0 ||
		check_folder(&files[DEPFILE], err) != 0 ||
		check_outside(&files[BASELINE], build, reading, times, err) !=
			0 ||
		check_outside(&files[STAMP], build, reading, times, err) != 0 ||
		check_outside(&files[DEPFILE], build, reading, times, err) != 0)
		return -1;
	for (i = 0; i < settings->report.count; i++) {
		const struct named report = {
			"--report", settings->report.items[i], false};

		for (j = 0; j < FILES; j++)
			if (check_pair(&files[j], &report, err) != 0)
				return -1;
	}
	return check_reports(settings, build, reading, times, err);
}

int
path_conflicts_check(const struct settings *settings, const char *where,
	const char *build, const struct build_options *reading, struct err *err)
{
	struct named files[FILES];

	name_all(files, settings, where);
	return check_all(files, settings, build, reading, err);
}

int
path_conflicts_check_report(const struct settings *settings, const char *build,
	const struct build_options *reading, struct err *err)
{
	return check_reports(settings, build, reading, false, err);
}
