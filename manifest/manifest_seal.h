/* Seals a manifest: it is sorted, gets its hash, and no longer changes. */
#ifndef MANIFEST_MANIFEST_SEAL_H
#define MANIFEST_MANIFEST_SEAL_H

#include "manifest/manifest.h"

/*
 * Sort the objects, refuse duplicate keys (ERR_INPUT names the key), and
 * compute the manifest hash.
 */
int manifest_seal(struct manifest *manifest, struct err *err);

#endif
