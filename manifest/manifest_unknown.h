/*
 * Keys whose state at the edge is unknown, in the manifest of a baseline that an
 * older edgediff wrote.
 *
 * If it was uncertain which of two builds was served, format 1 kept a key whose
 * object differed between the two in the manifest, with a size of 0 and a
 * fingerprint of zeros, which no object has, so that it differs from whatever
 * comes next. Format 2 has sets of values instead (manifest/value_sets.h).
 */
#ifndef MANIFEST_MANIFEST_UNKNOWN_H
#define MANIFEST_MANIFEST_UNKNOWN_H

#include "manifest/manifest.h"

size_t manifest_count_unknown(const struct manifest *manifest);

#endif
