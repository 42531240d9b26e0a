/*
 * Threads with the stack that edgediff's work needs. The usual size is the
 * limit of the process (ulimit -s), which may be far too small.
 */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>

enum {
	/* Bytes. The deepest calls, into libarchive, use less than 300 KiB. */
	THREAD_STACK_MIN = 2 * 1024 * 1024,
};

/*
 * As pthread_create: 0, or an error number. The caller joins the thread. Its
 * stack is the usual one, but at least THREAD_STACK_MIN.
 */
int thread_start(pthread_t *thread, void *(*run)(void *context), void *context);

#endif
