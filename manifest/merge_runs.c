/* Writes and reads the runs of a merge. */
#include "manifest/merge_runs.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"
#include "base/portable.h"

enum {
	PIECE_SIZE = 64 * 1024, /* bytes written at once, about */
};

/* What precedes each key in the file; a NUL follows it. */
struct merge_record {
	uint64_t size;
	unsigned char fingerprint[FINGERPRINT_SIZE];
	uint32_t key_len, origin;
};

/* If there are no nameless files, this one is unlinked at once. */
static int
open_nameless(const char *folder, struct err *err)
{
	int fd = portable_open_nameless(folder);
	struct escaped_name shown;
	char *path;

	if (fd >= 0)
		return fd;
	path = path_with_suffix(folder, "/edgediff-XXXXXX");
	if (!path)
		return err_memory(err);
	fd = mkstemp(path);
	if (fd < 0)
		err_system(err, "cannot create a temporary file in %s",
			escape_show_str(&shown, folder));
	else
		unlink(path);
	free(path);
	return fd;
}

int
merge_runs_create(struct merge_runs *runs, const char *folder, struct err *err)
{
	*runs = (struct merge_runs)MERGE_RUNS_INIT;
	buf_init(&runs->piece,
		PIECE_SIZE + sizeof(struct merge_record) + KEY_MAX + 1);
	runs->fd = open_nameless(folder, err);
	return runs->fd < 0 ? -1 : 0;
}

void
merge_runs_release(struct merge_runs *runs)
{
	if (runs->fd >= 0)
		close(runs->fd);
	free(runs->list);
	buf_release(&runs->piece);
	*runs = (struct merge_runs)MERGE_RUNS_INIT;
}

static int
write_piece(struct merge_runs *runs, struct err *err)
{
	if (buf_check(&runs->piece, err) != 0)
		return -1;
	if (file_write_all(
		    runs->fd, buf_str(&runs->piece), runs->piece.len, err) != 0)
		return err_context(err,
			"the temporary file of a merge (set TMPDIR to put it "
			"elsewhere)");
	runs->end += (off_t)runs->piece.len;
	buf_clear(&runs->piece);
	return 0;
}

int
merge_runs_add(struct merge_runs *runs, const struct object *object,
	uint32_t origin, struct err *err)
{
	struct merge_record record = {.size = object->size,
		.key_len = object->key_len,
		.origin = origin};

	memcpy(record.fingerprint, object->fingerprint, FINGERPRINT_SIZE);
	buf_add(&runs->piece, &record, sizeof(record));
	buf_add(&runs->piece, object->key, (size_t)object->key_len + 1);
	return runs->piece.len < PIECE_SIZE ? 0 : write_piece(runs, err);
}

int
merge_runs_end(struct merge_runs *runs, struct err *err)
{
	struct merge_run *list, *last;

	list = realloc(runs->list, (runs->count + 1) * sizeof(*list));
	if (!list)
		return err_memory(err);
	runs->list = list;
	if (write_piece(runs, err) != 0)
		return -1;
	last = &list[runs->count++];
	last->from = runs->count > 1 ? last[-1].to : 0;
	last->to = runs->end;
	return 0;
}

int
merge_run_open(struct read_buffer *buffer, const struct merge_runs *runs,
	size_t number, struct err *err)
{
	const struct merge_run *run = &runs->list[number];

	assert(number < runs->count);
	return read_buffer_open_part(buffer, runs->fd, run->from, run->to,
		sizeof(struct merge_record) + KEY_MAX + 1, err);
}

/* Fill the buffer with `want` bytes, which must be in the file. */
static int
need(struct read_buffer *buffer, size_t want, struct err *err)
{
	if (read_buffer_fill(buffer, want, err) != 0)
		return err_context(err, "the temporary file of a merge");
	if (read_buffer_len(buffer) < want)
		return err_set(err, ERR_INPUT,
			"the temporary file of a merge was cut off");
	return 0;
}

int
merge_run_next(struct read_buffer *buffer, struct object *object,
	uint32_t *origin, bool *ended, struct err *err)
{
	struct merge_record record;
	size_t whole;

	if (read_buffer_fill(buffer, 1, err) != 0)
		return err_context(err, "the temporary file of a merge");
	*ended = read_buffer_len(buffer) == 0;
	if (*ended)
		return 0;
	if (need(buffer, sizeof(record), err) != 0)
		return -1;
	memcpy(&record, read_buffer_data(buffer), sizeof(record));
	if (record.key_len > KEY_MAX)
		return err_set(err, ERR_SYSTEM,
			"the temporary file of a merge is damaged");
	whole = sizeof(record) + (size_t)record.key_len + 1;
	if (need(buffer, whole, err) != 0)
		return -1;
	object->key = read_buffer_data(buffer) + sizeof(record);
	object->key_len = record.key_len;
	object->size = record.size;
	memcpy(object->fingerprint, record.fingerprint, FINGERPRINT_SIZE);
	*origin = record.origin;
	read_buffer_consume(buffer, whole);
	return 0;
}
