/* Prints text in lines of a terminal's width. */
#include "cmd/console/wrap.h"

#include <stdio.h>
#include <string.h>

void
wrap_lines(const char *text, int indent, const char *end)
{
	int limit = WRAP_WIDTH - (int)strlen(end), column = indent, len;

	for (; *text; text += len) {
		text += strspn(text, " ");
		len = (int)strcspn(text, " ");
		if (column > indent && column + 1 + len > limit) {
			printf("%s\n%*s", end, indent, "");
			column = indent;
		}
		column +=
			printf("%s%.*s", column > indent ? " " : "", len, text);
	}
	printf("\n");
}

void
wrap_print(const char *text, int indent)
{
	printf("%*s", indent, "");
	wrap_lines(text, indent, "");
}

void
wrap_rest(const char *text, int indent)
{
	wrap_lines(text, indent, "");
}
