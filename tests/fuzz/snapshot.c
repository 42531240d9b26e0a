/*
 * Snapshots: one that is read is written, and read again, as the same, and
 * conclusions can be drawn from it; all else is refused.
 */
#include "tests/fuzz/fuzz.h"

#include "tests/fuzz/snapshots.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_exact(data, size);
	struct err err = ERR_INIT;
	struct reading reading;

	if (snapshot_read(&reading, text, size, &err) == 0)
		snapshots_check(&reading);
	else
		fuzz_check_error(&err);
	reading_release(&reading);
	free(text);
	return 0;
}
