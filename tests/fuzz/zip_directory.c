/*
 * Central directories of zips: one that is accepted has members that follow each
 * other without overlap before the directory, with names that are names, and records
 * inside it.
 */
#include "tests/fuzz/fuzz.h"

#include "manifest/zip_directory.h"

static void
check_entry(const struct zip_directory *directory, size_t i, size_t size)
{
	const struct zip_entry *entry = &directory->list[i];
	uint64_t end = zip_directory_end(directory, i);

	HOLDS(entry->name && !strchr(entry->name, '\\'));
	HOLDS(i > 0 || entry->offset == 0);
	HOLDS(entry->offset < end && end <= directory->offset);
	HOLDS(entry->packed < end - entry->offset);
	HOLDS(entry->record >= directory->offset);
	HOLDS(entry->record + entry->record_size <= size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zip_directory directory;
	struct err err = ERR_INIT;
	int fd = fuzz_file(data, size);
	size_t i;

	if (zip_directory_read(&directory, fd, &err) == 0)
		for (i = 0; i < directory.count; i++)
			check_entry(&directory, i, size);
	else
		fuzz_check_error(&err);
	zip_directory_release(&directory);
	close(fd);
	return 0;
}
