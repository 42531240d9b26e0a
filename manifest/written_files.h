/*
 * The files that a run writes. manifest/path_inside.h finds out by their paths
 * whether one is inside the build; this finds it out while a build is read whose
 * links lead to the folder of such a file.
 */
#ifndef MANIFEST_WRITTEN_FILES_H
#define MANIFEST_WRITTEN_FILES_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/err.h"

struct build_options;
struct written_file;

struct written_files {
	struct written_file *first;
	bool with_folders; /* the times of the build's folders count, too */
	struct arena arena;
};

void written_files_init(struct written_files *files);
void written_files_release(struct written_files *files);

/*
 * Add a file, which need not exist yet. `option` names it in errors; both texts
 * are borrowed until the release.
 */
int written_files_add(struct written_files *files, const char *option,
	const char *path, struct err *err);

/*
 * Check the link `key` of the build, which leads to the file or folder that `st`
 * describes: ERR_USAGE if that is a written file or contains one that the build
 * doesn't exclude. The error doesn't name the key.
 */
int written_files_check_link(const struct written_files *files,
	const struct build_options *reading, const char *key,
	const struct stat *st, struct err *err);

#endif
