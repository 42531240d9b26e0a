/*
 * The system that edgediff can be built for. Sizes of files, archives and caches
 * are larger than a 32-bit size_t, and there a time ends in 2038: a build would
 * be refused or read wrongly, so the compiler refuses it instead.
 */
#ifndef MANIFEST_PLATFORM_H
#define MANIFEST_PLATFORM_H

_Static_assert(sizeof(void *) >= 8,
	"edgediff needs a 64-bit system: sizes and times of a build's files do "
	"not fit 32 bits");

#endif
