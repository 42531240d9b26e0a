/*
 * Reads the named lines of a baseline's text: those of its header, and those
 * of its pending batch (manifest/baseline_text.h).
 *
 * Each is a name of lower-case letters and hyphens, a space and a value. They
 * can come in any order; an empty line ends them. Lines of names that are not
 * known here are kept, so that a newer edgediff can add some that an older one
 * need not understand.
 */
#ifndef MANIFEST_BASELINE_HEADER_H
#define MANIFEST_BASELINE_HEADER_H

#include "manifest/baseline.h"
#include "manifest/line_reader.h"

/*
 * Read the lines at r->at and the empty line into an initialised baseline.
 * ERR_INPUT names the line that is damaged, occurs twice or is missing.
 */
int baseline_header_read(
	struct baseline *baseline, struct line_reader *r, struct err *err);

/* The same for the lines that follow the `pending` line. */
int baseline_header_read_pending(
	struct pending *pending, struct line_reader *r, struct err *err);

#endif
