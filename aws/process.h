/*
 * Runs a program and takes what it prints: without a shell, without input, in
 * a process group of its own, for a limited time.
 */
#ifndef AWS_PROCESS_H
#define AWS_PROCESS_H

#include "aws/call.h"

enum {
	/* Bytes of standard error that are kept for a message; the rest is
	 * read and dropped. */
	PROCESS_STDERR_MAX = 1024,

	/* Milliseconds: it may ask a server far away, but nobody is there to
	 * answer a question of its own. */
	PROCESS_MS_MAX = 60 * 1000,
};

/*
 * Run the command, split as shell_words_split does and looked for in PATH, and
 * append its standard output to `out` up to the buffer's maximum. `host` has
 * the clock; `longest` is in milliseconds.
 *
 * ERR_INPUT where it cannot be started, ends with another status than 0 (with
 * what it said on standard error, escaped, on one line), prints too much or
 * does not end in time; then it is killed with its process group. ERR_BUSY
 * where the user interrupted.
 */
int process_run(struct buf *out, const char *command,
	const struct aws_system *system, long longest, struct err *err);

#endif
