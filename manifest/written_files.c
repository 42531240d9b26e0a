/* Finds out whether a link leads to a file that the run writes. */
#include "manifest/written_files.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/path.h"
#include "manifest/path_inside.h"

/* The file itself, or a folder that it is in. */
struct written_place {
	dev_t device;
	ino_t inode;
	const char *inner; /* the path of the file from there; "" for itself */
	struct written_place *above;
};

struct written_file {
	const char *option, *path;
	struct written_place *places;
	struct written_file *next;
};

void
written_files_init(struct written_files *files)
{
	*files = (struct written_files){.first = NULL};
	arena_init(&files->arena);
}

void
written_files_release(struct written_files *files)
{
	arena_release(&files->arena);
	written_files_init(files);
}

/* Add the place at `path`, unless it does not exist yet. */
static int
add_place(struct written_files *files, struct written_file *file,
	const char *path, const char *inner, struct err *err)
{
	struct written_place *place;
	struct stat st;

	if (stat(path, &st) != 0)
		return 0;
	place = arena_alloc(&files->arena, sizeof(*place));
	if (!place)
		return err_memory(err);
	*place = (struct written_place){
		st.st_dev, st.st_ino, inner, file->places};
	file->places = place;
	return 0;
}

/* Add the file and all folders above it. */
static int
add_places(struct written_files *files, struct written_file *file,
	const char *real, struct err *err)
{
	char *copy = arena_copy(&files->arena, real, strlen(real)), *slash;
	size_t len;

	if (!copy || add_place(files, file, copy, "", err) != 0)
		return copy ? -1 : err_memory(err);
	while ((slash = strrchr(copy, '/'))) {
		len = (size_t)(slash - copy);
		*slash = '\0';
		if (add_place(files, file, len > 0 ? copy : "/", real + len + 1,
			    err) != 0)
			return -1;
	}
	return 0;
}

int
written_files_add(struct written_files *files, const char *option,
	const char *path, struct err *err)
{
	struct written_file *file = arena_alloc(&files->arena, sizeof(*file));
	char *real = path_canonical_missing(path);
	const char *kept =
		real ? arena_copy(&files->arena, real, strlen(real)) : NULL;
	bool memory = file && (!real || kept);

	free(real);
	if (!memory)
		return err_memory(err);
	if (!kept)
		return 0; /* nor can it be written */
	*file = (struct written_file){option, path, NULL, files->first};
	files->first = file;
	return add_places(files, file, kept, err);
}

/* Would the file change the build, in which it has this key? */
static bool
counts(const struct written_files *files, const struct build_options *reading,
	const char *key, const char *inner)
{
	char *joined = *inner ? path_join(key, inner) : NULL;
	bool excluded;

	if (!joined)
		return true;
	excluded = files->with_folders
			   ? path_inside_folder_is_excluded(reading, joined)
			   : path_inside_is_excluded(reading, joined);
	free(joined);
	return !excluded;
}

int
written_files_check_link(const struct written_files *files,
	const struct build_options *reading, const char *key,
	const struct stat *st, struct err *err)
{
	const struct written_place *place;
	const struct written_file *file;
	struct escaped_name shown;

	for (file = files->first; file; file = file->next)
		for (place = file->places; place; place = place->above)
			if (place->device == st->st_dev &&
				place->inode == st->st_ino &&
				counts(files, reading, key, place->inner))
				return err_set(err, ERR_USAGE,
					"this link leads to %s %s, which "
					"would change the build: put the file "
					"elsewhere, or --exclude %s",
					file->option,
					escape_show_str(&shown, file->path),
					*place->inner ? "its folder"
						      : "the link");
	return 0;
}
