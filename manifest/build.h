/*
 * Reads a build: a folder, an archive, a manifest file or a baseline file
 * becomes a sealed manifest.
 *
 * Archives are tar (any dialect that libarchive reads) or zip, plain or
 * compressed with gzip, bzip2, xz or zstd, and are recognised by their content,
 * not by their name. Only regular files become objects. Symbolic links are
 * followed as uploaders follow them, to files and to folders, inside the build
 * and out of it: an object has the key of the link and the content of the
 * target. With --no-follow, a link that leads out of the build is an error. What
 * leads out of an archive isn't there, and is an error, as are links whose target
 * does not exist or that form a cycle. Devices, sockets and fifos are errors. In
 * an archive `..`, absolute and duplicate names are errors, and so is anything
 * that libarchive warns about. A name ends at a NUL, which only a pax header
 * can hold: that is the file which GNU tar and bsdtar write, so it is the one
 * that is uploaded.
 *
 * The path `-` (or /dev/stdin) is standard input: a tar, plain or compressed, or
 * any of these if it is a regular file.
 */
#ifndef MANIFEST_BUILD_H
#define MANIFEST_BUILD_H

#include "manifest/build_options.h"
#include "manifest/manifest.h"

/*
 * Read the build at `path` into a manifest. This function initialises the
 * manifest; release it on success and on failure. ERR_USAGE if a root is given
 * for a manifest or baseline file, which has no folders; ERR_INPUT if a manifest
 * file is that of a shard. ERR_SYSTEM and ERR_INPUT name the path and, if there
 * is one, the key or the line.
 */
int build_read(const char *path, const struct build_options *options,
	struct manifest *manifest, struct err *err);

/* Does `path` stand for standard input, which can be read only once? */
bool build_is_standard_input(const char *path);

#endif
