/*
 * Writes the text form of a baseline, format 2:
 *
 *	edgediff-baseline 2
 *	distribution <id>
 *	prefix <the mount>				(if it is recorded)
 *	lineage <32 hex digits>
 *	tag <8 hex digits>
 *	serial <n>
 *	accepted <CreateTime> <invalidation id>		(if serial > 0)
 *	horizon <CreateTime> <invalidation id>		(if there is one)
 *	dropped <CallerReference>			(if there is one)
 *	urls <how URLs were derived>			(if known)
 *	left-out <what options left out>		(if known)
 *	site <what was known of its caching>		(if anything was)
 *	again <hex digits>,...				(if there are any)
 *	known nothing					(if nothing is known)
 *	<lines of other names, as they were read>
 *	<an empty line>
 *	<values: manifest/value_sets_text.h>
 *	<a manifest, from its first line to its end; empty at serial 0>
 *	pending <CallerReference> <bytes of the body>	(if there is one)
 *	urls <how its URLs were derived>		(if known)
 *	left-out <what its options left out>		(if known)
 *	site <what was known of its caching>		(if anything was)
 *	known nothing					(if the batch leaves it so)
 *	<lines of other names, as they were read>
 *	<an empty line>
 *	<the body of the request, and a newline>
 *	<values, relative to the next manifest>
 *	<the manifest that is at the edge once it is accepted>
 *	end <SHA-256 of every byte before this line>
 *
 * Named lines can come in any order (manifest/baseline_header.h). The mount is
 * escaped like a manifest's keys. If the edge was assumed to be current without
 * a batch, both values of `accepted` are "-".
 *
 * Format 1, which is only read, has the lines distribution, lineage, serial and
 * accepted in this order, at serial 0 no manifest, and no empty lines, values or
 * other named lines.
 */
#ifndef MANIFEST_BASELINE_TEXT_H
#define MANIFEST_BASELINE_TEXT_H

#include "base/emit.h"
#include "manifest/baseline.h"

/* Emit the text, in pieces. */
int baseline_write(const struct baseline *baseline, emit_fn *emit, void *to,
	struct err *err);

#endif
