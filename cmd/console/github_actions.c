/* Writes workflow commands. */
#include "cmd/console/github_actions.h"

#include <stdlib.h>
#include <string.h>

bool
github_actions_is_step(void)
{
	const char *value = getenv("GITHUB_ACTIONS");

	return value && strcmp(value, "true") == 0;
}

/* Escape what the runner unescapes: _escapeDataMappings in ActionCommand.cs. */
static void
add_data(struct buf *out, const char *text)
{
	for (; *text; text++)
		if (*text == '%' || *text == '\r' || *text == '\n')
			buf_addf(out, "%%%02X", (unsigned char)*text);
		else
			buf_addch(out, *text);
}

void
github_actions_annotate(struct buf *out, const char *kind, const char *message)
{
	buf_addf(out, "::%s title=edgediff::", kind);
	add_data(out, message);
	buf_addch(out, '\n');
}
