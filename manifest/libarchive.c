/* Turns what libarchive reports into errors of ours. */
#include "manifest/libarchive.h"

#include <string.h>

#include "base/escape.h"

bool
libarchive_is_unknown_format(struct archive *archive)
{
	const char *what = archive_error_string(archive);

	return what && strcmp(what, "Unrecognized archive format") == 0;
}

int
libarchive_fail(struct archive *archive, const char *name, struct err *err)
{
	const char *what = archive_error_string(archive);
	struct escaped_name shown, shown_what;

	if (libarchive_is_unknown_format(archive))
		what = "neither a folder, a manifest, a baseline nor an "
		       "archive that can be read (tar or zip; plain, gzip, "
		       "bzip2, xz or zstd)";
	if (!what)
		what = "libarchive gives no reason";
	escape_show_str(&shown_what, what);
	if (!name)
		return err_set(err, ERR_INPUT, "%s", shown_what.text);
	return err_set(err, ERR_INPUT, "%s: %s", escape_show_str(&shown, name),
		shown_what.text);
}

bool
libarchive_is_failure(struct archive *archive, int rc)
{
	const char *what = archive_error_string(archive);

	if (rc == ARCHIVE_OK)
		return false;
	return rc != ARCHIVE_WARN || !what ||
	       (!strstr(what, "can't be converted") &&
		       !strstr(what, "cannot be converted"));
}
