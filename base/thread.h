/*
 * Threads with the stack that edgediff's work needs. The usual size is the
 * limit of the process (ulimit -s), which may be far too small.
 */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>

enum {
	/*
	 * Bytes: ten times the most that was measured, by painting the stacks
	 * on amd64: 26 KB for reading a zip through libarchive, 12 KB for
	 * anything else. Libraries and machines differ.
	 */
	THREAD_STACK_MIN = 256 * 1024,
};

/*
 * As pthread_create: 0, or an error number. The caller joins the thread. Its
 * stack is the usual one, but at least THREAD_STACK_MIN.
 */
int thread_start(pthread_t *thread, void *(*run)(void *context), void *context);

#endif
