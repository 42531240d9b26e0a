/*
 * How edgediff's text files begin. The magic identifies the format in any
 * version; the first line, here without its newline, adds the version. That of a
 * shard goes on with the number of this part, a slash and the number of parts.
 */
#ifndef MANIFEST_MAGIC_H
#define MANIFEST_MAGIC_H

#define MANIFEST_MAGIC "edgediff-manifest "
#define MANIFEST_FIRST_LINE MANIFEST_MAGIC "1 xxh3-128"
#define MANIFEST_SHARD_LINE MANIFEST_FIRST_LINE " shard "

#define BASELINE_MAGIC "edgediff-baseline "
#define BASELINE_FIRST_LINE BASELINE_MAGIC "2"
#define BASELINE_FIRST_LINE_1 BASELINE_MAGIC "1" /* still read, not written */

#endif
