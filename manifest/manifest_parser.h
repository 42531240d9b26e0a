/* Reads the text form of a manifest (manifest/manifest_text.h) from memory. */
#ifndef MANIFEST_MANIFEST_PARSER_H
#define MANIFEST_MANIFEST_PARSER_H

#include "manifest/manifest.h"

/*
 * Read one manifest from the start of `text`, strictly, into an initialised
 * manifest; it is then sealed. *used is the length of its text: a caller that
 * expects nothing after it must compare. Every error is ERR_INPUT and names the
 * line, counted from `first_line`. Text without its end line, or whose end line
 * does not match, was cut or is damaged. A key that no folder could hold (`/a`,
 * `a//b`, `a/../b`) is refused, and so is the manifest of a shard. Release the
 * manifest also after a failure.
 */
int manifest_parse(struct manifest *manifest, const char *text, size_t len,
	size_t first_line, size_t *used, struct err *err);

#endif
