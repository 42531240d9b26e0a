/*
 * Writes the text form of a baseline:
 *
 *	edgediff-baseline 1
 *	distribution <id>
 *	lineage <32 hex digits>
 *	serial <n>
 *	accepted <CreateTime> <invalidation id>		(if serial > 0)
 *	<a manifest, from its first line to its end>	(if serial > 0)
 *	pending <CallerReference> <bytes of the body>	(if there is one)
 *	<the body of the request, and a newline>
 *	<the manifest that is at the edge once it is accepted>
 *	end <SHA-256 of every byte before this line>
 *
 * If the edge was assumed to be current without a batch, both values of
 * `accepted` are "-".
 */
#ifndef MANIFEST_BASELINE_TEXT_H
#define MANIFEST_BASELINE_TEXT_H

#include "base/emit.h"
#include "manifest/baseline.h"

/* Emit the text, in pieces. */
int baseline_write(const struct baseline *baseline, emit_fn *emit, void *to,
	struct err *err);

#endif
