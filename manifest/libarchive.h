/* Turns what libarchive reports into a struct err. */
#ifndef MANIFEST_LIBARCHIVE_H
#define MANIFEST_LIBARCHIVE_H

#include <archive.h>
#include <stdbool.h>

#include "base/err.h"

/*
 * ERR_INPUT with libarchive's last error, about the member `name` or (NULL) the
 * archive. If the format is not recognised, the message is our own.
 */
int libarchive_fail(struct archive *archive, const char *name, struct err *err);

/* After a failure to open: is the reason that the format is not recognised? */
bool libarchive_is_unknown_format(struct archive *archive);

/*
 * Is `rc`, from reading a header, a failure? Warnings are failures, except the
 * one about a name that cannot be converted to characters: names are bytes.
 */
bool libarchive_is_failure(struct archive *archive, int rc);

#endif
