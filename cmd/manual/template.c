/* Fills in a source, line by line. */
#include "cmd/manual/template.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool
template_fill(const char *source, const char *mark,
	bool (*print)(const void *context, const char *word),
	const void *context)
{
	FILE *file = fopen(source, "r");
	char line[512];
	bool ok = file != NULL;

	while (ok && fgets(line, sizeof(line), file)) {
		if (strncmp(line, mark, strlen(mark)) != 0) {
			printf("%s", line);
			continue;
		}
		line[strcspn(line, "\n")] = '\0';
		ok = print(context, line + strlen(mark));
		if (!ok)
			fprintf(stderr, "manual: %s: unknown word: %s\n",
				source, line);
	}
	if (!file || ferror(file)) {
		fprintf(stderr, "manual: %s: %s\n", source, strerror(errno));
		ok = false;
	}
	if (file)
		fclose(file);
	return ok;
}
