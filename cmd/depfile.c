/* Writes dependency files. */
#include "cmd/depfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/atomic_file.h"
#include "base/escape.h"
#include "base/path.h"
#include "cmd/console/log.h"

enum {
	CHUNK_SIZE = 64 * 1024, /* bytes to write at once, plus one name */
};

/* Append backslashes before `next`; false if Make and Ninja differ on them. */
static bool
add_backslashes(struct buf *out, size_t count, char next)
{
	if (next == '\0' || strchr("#$:[", next))
		return false;
	if (next == ' ') /* before a space, two mean one */
		count *= 2;
	while (count-- > 0)
		buf_addch(out, '\\');
	return true;
}

static bool
add_character(struct buf *out, char c)
{
	if ((unsigned char)c < 0x20 || strchr("\"%&'*;<=>?^`|\x7f", c))
		return false;
	if (strchr(" #:", c))
		buf_addch(out, '\\');
	if (c == '$')
		buf_addch(out, '$');
	buf_addch(out, c);
	return true;
}

/* Append a name, escaped for both programs; false if that is impossible. */
static bool
add_name(struct buf *out, const char *name)
{
	const char *at = name, *slash = strchr(name, '/');
	size_t run;

	/* Make has keywords (export), and expands ~ */
	if (name[0] == '~' || (!slash && name[0] != '.'))
		buf_addstr(out, "./");
	while (*at) {
		run = strspn(at, "\\");
		at += run;
		if (run > 0 && !add_backslashes(out, run, *at))
			return false;
		if (!add_character(out, *at++))
			return false;
	}
	if (at == name || at[-1] == ' ' || at[-1] == ':')
		return false;
	return at[-1] != ')' || !strchr(name, '('); /* Make: archive(member) */
}

bool
depfile_can_name(const char *name)
{
	struct buf ignored;
	bool can;

	buf_init(&ignored, DEPFILE_NAME_MAX);
	can = add_name(&ignored, name) && ignored.failed != ERR_INPUT;
	buf_release(&ignored);
	return can;
}

/* Does the text begin with a target's line? */
static bool
is_depfile(const char *text, size_t len)
{
	const char *end = memchr(text, '\n', len);

	return len == 0 ||
	       (end && end - text > 3 && memcmp(end - 3, ": \\", 3) == 0);
}

int
depfile_check(const char *path, struct err *err)
{
	char head[4096];
	struct escaped_name shown;
	ssize_t got;
	int fd;

	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return 0;
	got = fd < 0 ? -1 : read(fd, head, sizeof(head));
	if (got < 0)
		err_system(err, "--depfile %s", escape_show_str(&shown, path));
	else if (!is_depfile(head, (size_t)got))
		got = err_set(err, ERR_USAGE,
			"--depfile %s: this is not a dependency file, and "
			"would be overwritten: use another name, or remove it",
			escape_show_str(&shown, path));
	if (fd >= 0)
		close(fd);
	return got < 0 ? -1 : 0;
}

/* A dependency file being written. */
struct depfile_writer {
	struct atomic_file file;
	struct buf chunk;

	/*
	 * The folders of both files that are written now. One of them is a source
	 * only if the build is reached through a link in it: see
	 * manifest/link_folders.h. It would always be newer than the target.
	 */
	char *own[2];
	const char *left_out; /* the one that was a source; NULL for none */
};

static int
flush(struct depfile_writer *w, struct err *err)
{
	if (buf_check(&w->chunk, err) != 0 ||
		atomic_file_write(&w->file, w->chunk.data, w->chunk.len, err) !=
			0)
		return -1;
	buf_clear(&w->chunk);
	return 0;
}

/* Write `before` and the name, or nothing if the name has to be left out. */
static int
put(struct depfile_writer *w, const char *before, const char *name,
	bool *left_out, struct err *err)
{
	size_t start = w->chunk.len;

	buf_addstr(&w->chunk, before);
	*left_out = !add_name(&w->chunk, name);
	if (*left_out)
		buf_cut(&w->chunk, start);
	return w->chunk.len >= CHUNK_SIZE ? flush(w, err) : 0;
}

static void
warn_left_out(const char *path, const char *first, size_t count)
{
	struct escaped_name shown, shown_path;

	escape_show_str(&shown, first);
	escape_show_str(&shown_path, path);
	if (count == 1)
		log_warning("warning: %s is left out of %s: Make and Ninja "
			    "cannot read its name, so they will not notice "
			    "when it changes",
			shown.text, shown_path.text);
	else
		log_warning("warning: %zu names are left out of %s, the first "
			    "is %s: Make and Ninja cannot read them, so they "
			    "will not notice when those files change",
			count, shown_path.text, shown.text);
}

static bool
is_own(struct depfile_writer *w, const char *source)
{
	size_t i;

	for (i = 0; i < 2; i++)
		if (strcmp(w->own[i], source) == 0) {
			w->left_out = source;
			return true;
		}
	return false;
}

static void
warn_own(const char *path, const char *folder)
{
	struct escaped_name shown, shown_path;

	log_warning("warning: %s is left out of %s, because the stamp or the "
		    "dependency file is written there: Make and Ninja will not "
		    "notice when a link in this folder leads elsewhere. Put "
		    "them in another folder",
		escape_show_str(&shown, folder),
		escape_show_str(&shown_path, path));
}

/* The folder of a file that will exist, without links; NULL with err set. */
static char *
folder_of(const char *path, struct err *err)
{
	char *real = path_canonical(path, err);
	char *folder = real ? path_folder(real) : NULL;

	if (real && !folder)
		err_memory(err);
	free(real);
	return folder;
}

/*
 * Write the names of all sources, with this text around each. *count is how many
 * were left out, and *first is the first of them.
 */
static int
put_all(struct depfile_writer *w, const struct sources *sources,
	const char *before, const char *after, const char **first,
	size_t *count, struct err *err)
{
	bool left_out;
	size_t i;

	*count = 0;
	for (i = 0; i < sources->count; i++) {
		if (is_own(w, sources->list[i]))
			continue;
		if (put(w, before, sources->list[i], &left_out, err) != 0)
			return -1;
		if (!left_out)
			buf_addstr(&w->chunk, after);
		else if ((*count)++ == 0)
			*first = sources->list[i];
	}
	return 0;
}

static int
write_all(struct depfile_writer *w, const char *path, const char *target,
	const struct sources *sources, struct err *err)
{
	const char *first;
	bool left_out;
	size_t count;

	if (put(w, "", target, &left_out, err) != 0)
		return -1;
	buf_addch(&w->chunk, ':');
	if (put_all(w, sources, " \\\n ", "", &first, &count, err) != 0)
		return -1;
	buf_addstr(&w->chunk, "\n\n");
	if (put_all(w, sources, "", ":\n", &first, &count, err) != 0)
		return -1;
	if (count > 0)
		warn_left_out(path, first, count);
	if (w->left_out)
		warn_own(path, w->left_out);
	return flush(w, err);
}

int
depfile_write(const char *path, const char *target, struct sources *sources,
	struct err *err)
{
	struct depfile_writer w = {.left_out = NULL};
	int rc = -1;

	if (atomic_file_begin(&w.file, path, err) != 0)
		return err_context(err, "--depfile");
	sources_sort(sources);
	buf_init(&w.chunk, CHUNK_SIZE + 4 * DEPFILE_NAME_MAX);
	w.own[0] = folder_of(path, err);
	w.own[1] = w.own[0] ? folder_of(target, err) : NULL;
	if (w.own[1])
		rc = write_all(&w, path, target, sources, err);
	if (rc == 0)
		rc = atomic_file_commit(&w.file, err);
	atomic_file_abandon(&w.file);
	buf_release(&w.chunk);
	free(w.own[0]);
	free(w.own[1]);
	return rc == 0 ? 0 : err_context(err, "--depfile");
}
