/* Percent-encodes bytes for a URL. */
#include "base/percent.h"

#include <stdbool.h>
#include <string.h>

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

void
percent_encode(struct buf *out, const char *text, size_t len, const char *safe)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (is_unreserved(text[i]) ||
			(text[i] && strchr(safe, text[i])))
			buf_addch(out, text[i]);
		else
			buf_addf(out, "%%%02X",
				(unsigned int)(unsigned char)text[i]);
}

void
percent_encode_str(struct buf *out, const char *text, const char *safe)
{
	percent_encode(out, text, strlen(text), safe);
}
