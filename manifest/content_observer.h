/* Sees the content of an archive's members while it is hashed. */
#ifndef MANIFEST_CONTENT_OBSERVER_H
#define MANIFEST_CONTENT_OBSERVER_H

#include <stddef.h>
#include <stdint.h>

/* The calls for one member are begin, add..., and end unless that failed. */
struct content_observer {
	/* `size` is what the archive says; -1 if it says nothing. */
	void (*begin)(void *context, int64_t size);
	void (*add)(void *context, const void *data, size_t len);
	void (*end)(void *context, const unsigned char *fingerprint);
	void *context;
};

#endif
