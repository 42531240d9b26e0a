/* Reads the text form of a baseline (manifest/baseline_text.h) from memory. */
#ifndef MANIFEST_BASELINE_PARSER_H
#define MANIFEST_BASELINE_PARSER_H

#include "manifest/baseline.h"

/*
 * Read the whole text, strictly, into an initialised baseline. ERR_INPUT names
 * the line. Release the baseline even after a failure.
 */
int baseline_parse(struct baseline *baseline, const char *text, size_t len,
	struct err *err);

#endif
