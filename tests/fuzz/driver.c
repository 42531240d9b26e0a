/*
 * Runs a fuzz target on files, without libFuzzer: the arguments are files, or
 * folders, whose files are run. Prints each name first, so that the last one is the
 * one that failed.
 */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <sys/stat.h>

enum {
	INPUT_MAX = 16 * 1024 * 1024,
	PATH_SIZE = 4096,
};

static void
run_file(const char *path)
{
	uint8_t *bytes = fuzz_alloc(INPUT_MAX), *exact;
	FILE *file = fopen(path, "rb");
	size_t size;

	printf("%s\n", path);
	fflush(stdout);
	HOLDS(file != NULL);
	size = fread(bytes, 1, INPUT_MAX, file);
	HOLDS(!ferror(file) && size < INPUT_MAX);
	fclose(file);
	exact = (uint8_t *)fuzz_exact(bytes, size);
	free(bytes);
	LLVMFuzzerTestOneInput(exact, size);
	free(exact);
}

static void
run(const char *path)
{
	struct dirent *entry;
	char name[PATH_SIZE];
	struct stat st;
	DIR *folder;

	HOLDS(stat(path, &st) == 0);
	if (!S_ISDIR(st.st_mode)) {
		run_file(path);
		return;
	}
	folder = opendir(path);
	HOLDS(folder != NULL);
	while ((entry = readdir(folder))) {
		if (entry->d_name[0] == '.')
			continue;
		HOLDS(snprintf(name, sizeof(name), "%s/%s", path,
			      entry->d_name) < (int)sizeof(name));
		run(name);
	}
	closedir(folder);
}

int
main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		run(argv[i]);
	return 0;
}
