/*
 * Reads a build: a folder, an archive, a manifest file or a baseline file
 * becomes a sealed manifest.
 *
 * Archives are tar (any dialect that libarchive reads) or zip, plain or
 * compressed with gzip, bzip2, xz or zstd, and are recognised by their content,
 * not by their name. Only regular files become objects. A symbolic link to a
 * file stands for the content of that file; a symbolic link to a folder is
 * followed if it stays inside the build, and is an error if it leaves the build
 * or forms a cycle. Devices, sockets and fifos are errors. In an archive `..`,
 * absolute and duplicate names are errors, and so is anything that libarchive
 * warns about.
 */
#ifndef MANIFEST_BUILD_H
#define MANIFEST_BUILD_H

#include "manifest/build_options.h"
#include "manifest/manifest.h"

/*
 * Read the build at `path` into a manifest. This function initialises the
 * manifest; release it on success and on failure. ERR_USAGE if a root is given
 * for a manifest or baseline file, which has no folders. ERR_SYSTEM and
 * ERR_INPUT name the path and, if there is one, the key or the line.
 */
int build_read(const char *path, const struct build_options *options,
	struct manifest *manifest, struct err *err);

#endif
