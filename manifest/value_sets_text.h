/*
 * Writes the text of value sets, a part of a baseline:
 *
 *	values <number of lines that follow>
 *	<32 hex digits> <size in bytes> <key>
 *	absent <key>
 *	anything <key>
 *
 * in the order of the list (manifest/value_sets.h), with keys as in a manifest.
 * Whether nothing is known is not in this text.
 */
#ifndef MANIFEST_VALUE_SETS_TEXT_H
#define MANIFEST_VALUE_SETS_TEXT_H

#include "base/emit.h"
#include "manifest/value_sets.h"

/* Emit the text, in pieces. */
int value_sets_write(const struct value_sets *sets, emit_fn *emit, void *to,
	struct err *err);

#endif
