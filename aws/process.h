/*
 * Runs a program and reads what it prints. The program runs without a shell or
 * input, in a separate process group, and for a limited time.
 */
#ifndef AWS_PROCESS_H
#define AWS_PROCESS_H

#include "aws/system.h"
#include "base/buf.h"

enum {
	/* Bytes of standard error kept for a message; the rest is dropped. */
	PROCESS_STDERR_MAX = 1024,

	/*
	 * In milliseconds. The program has time to ask a distant server, but it
	 * cannot ask the user.
	 */
	PROCESS_MS_MAX = 60 * 1000,
};

/*
 * Run a command, split by shell_words_split() and found in PATH, and append
 * its standard output to `out`, up to the buffer's maximum. `limit` is in
 * milliseconds; system->elapsed measures it.
 *
 * Fails with ERR_INPUT if the program cannot be started, fails, prints too much
 * or takes too long, and with ERR_BUSY if the user interrupts. If the program
 * fails, the message is what it wrote to standard error, escaped, on one line.
 * If it is still running, it is killed along with its process group.
 */
int process_run(struct buf *out, const char *command,
	const struct aws_system *system, long limit, struct err *err);

#endif
