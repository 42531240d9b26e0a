/* Reads and writes the stamp of a run. */
#include "cmd/stamp.h"

#include <errno.h>
#include <string.h>

#include "base/atomic_file.h"
#include "base/escape.h"
#include "base/file.h"
#include "cmd/depfile.h"
#include "manifest/build.h"

static const char magic[] = "edgediff-stamp 1\n";

/* Read what exists: nothing, an empty file (made by touch), or a stamp. */
static int
read_old(struct stamp *stamp, struct err *err)
{
	struct buf *old = &stamp->old;
	struct escaped_name shown;

	if (file_read(stamp->path, old, err) != 0) {
		if (err->code == ERR_SYSTEM && err->sys_errno == ENOENT)
			return 0;
		if (err->code == ERR_SYSTEM)
			return err_context(err, "--stamp");
	} else if (old->len == 0 ||
		   strncmp(buf_str(old), magic, sizeof(magic) - 1) == 0) {
		return 0;
	}
	return err_set(err, ERR_USAGE,
		"--stamp %s: this is not a stamp, and would be overwritten: "
		"use another name, or remove it",
		escape_show_str(&shown, stamp->path));
}

static int
check_depfile(const struct stamp *stamp, struct err *err)
{
	struct escaped_name shown;

	if (!stamp->path)
		return err_set(err, ERR_USAGE,
			"--depfile needs --stamp: the file that depends on "
			"the build");
	if (!depfile_can_name(stamp->path))
		return err_set(err, ERR_USAGE,
			"--stamp %s: Make and Ninja cannot both read this "
			"name",
			escape_show_str(&shown, stamp->path));
	return depfile_check(stamp->depfile, err);
}

int
stamp_begin(
	struct stamp *stamp, const struct settings *settings, struct err *err)
{
	*stamp = (struct stamp){
		.path = settings->stamp,
		.depfile = settings->depfile,
	};
	sources_init(&stamp->sources);
	buf_init(&stamp->old, STAMP_MAX);
	buf_init(&stamp->text, STAMP_MAX);
	buf_addstr(&stamp->text, magic);
	if (stamp->path && read_old(stamp, err) != 0)
		return -1;
	return stamp->depfile ? check_depfile(stamp, err) : 0;
}

int
stamp_attach(struct stamp *stamp, const char *build,
	struct build_options *reading, struct err *err)
{
	struct escaped_name shown;
	const char *root = reading->root;

	if (!stamp->depfile)
		return 0;
	if (build_is_standard_input(build))
		return err_set(err, ERR_USAGE,
			"--depfile: standard input is no file that Make or "
			"Ninja could check: write the archive to a file");
	if (!depfile_can_name(build) || (root && !depfile_can_name(root)))
		return err_set(err, ERR_USAGE,
			"--depfile: Make and Ninja cannot both read the name "
			"of the build, %s",
			escape_show_str(&shown, build));
	reading->sources = &stamp->sources;
	return 0;
}

void
stamp_note(struct stamp *stamp, const char *distribution, const char *hash,
	bool recorded)
{
	buf_addf(&stamp->text, "%s %s\n", distribution, hash);
	stamp->is_due |= recorded;
}

int
stamp_write(struct stamp *stamp, struct err *err)
{
	const struct buf *text = &stamp->text;
	struct atomic_file file;

	if (!stamp->path)
		return 0;
	if (buf_check(text, err) != 0)
		return err_context(err, "--stamp");
	if (stamp->depfile && depfile_write(stamp->depfile, stamp->path,
				      &stamp->sources, err) != 0)
		return -1;
	if (!stamp->is_due && strcmp(buf_str(&stamp->old), text->data) == 0)
		return 0;
	if (atomic_file_begin(&file, stamp->path, err) == 0 &&
		atomic_file_write(&file, text->data, text->len, err) == 0 &&
		atomic_file_commit(&file, err) == 0)
		return 0;
	atomic_file_abandon(&file);
	return err_context(err, "--stamp");
}

void
stamp_release(struct stamp *stamp)
{
	sources_release(&stamp->sources);
	buf_release(&stamp->old);
	buf_release(&stamp->text);
}
