/* Recognises lists of files and hashes that other programs write. */
#include "manifest/sniff.h"

#include <stdbool.h>
#include <string.h>

static const char digits[] = "0123456789abcdefABCDEF";

static const char *
hash_list(size_t len)
{
	switch (len) {
	case 32:
		return "a list of MD5 hashes, as md5sum or rclone hashsum "
		       "prints it, or of XXH128 hashes";
	case 40:
		return "a list of SHA-1 hashes, as sha1sum or rclone hashsum "
		       "prints it";
	case 64:
		return "a list of SHA-256 or BLAKE3 hashes, as sha256sum, "
		       "b3sum or rclone hashsum prints it";
	case 128:
		return "a list of SHA-512 hashes, as sha512sum prints it";
	case 16:
		return "a list of XXH64 hashes, as xxhsum prints it";
	default:
		return NULL;
	}
}

static bool
begins(const char *head, size_t len, const char *with)
{
	return len >= strlen(with) && memcmp(head, with, strlen(with)) == 0;
}

const char *
sniff_format(const char *head, size_t len)
{
	static const char bom[] = "\xef\xbb\xbf";
	size_t i = 0;

	/* a tar begins with a name, and NULs soon follow */
	if (memchr(head, '\0', len))
		return NULL;
	if (begins(head, len, bom)) {
		head += strlen(bom);
		len -= strlen(bom);
	}
	while (i < len && strchr(" \t\r\n", head[i]))
		i++;
	if (i < len && (head[i] == '{' || head[i] == '['))
		return "JSON: a bundler's manifest, or another command's "
		       "output";
	if (begins(head, len, "%%%% HASHDEEP"))
		return "what hashdeep prints";
	if (begins(head, len, "#mtree") || begins(head, len, "/set "))
		return "an mtree specification";
	for (i = 0; i < len && strchr(digits, head[i]); i++)
		;
	if (i + 1 < len && head[i] == ' ' && strchr(" *", head[i + 1]))
		return hash_list(i);
	return NULL;
}
