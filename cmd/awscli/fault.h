/*
 * What the AWS CLI says and exits with when something is wrong. Its messages
 * run over lines and quote what was given, so they are no struct err.
 */
#ifndef CMD_AWSCLI_FAULT_H
#define CMD_AWSCLI_FAULT_H

#include "base/buf.h"

/* The AWS CLI's exit statuses (its version 2). */
enum aws_status {
	AWS_DONE = 0,
	AWS_INTERRUPTED = 130, /* 128 + SIGINT */
	AWS_WRONG = 252, /* arguments, parameters */
	AWS_UNCONFIGURED = 253, /* no credentials, no region */
	AWS_REFUSED = 254, /* the service answered with an error */
	AWS_FAILED = 255, /* anything else */
};

struct fault {
	int status;
	struct buf text;
};

void fault_init(struct fault *fault);
void fault_release(struct fault *fault);

/* All return -1. A fault that is set already is replaced. */
int fault_set(struct fault *fault, int status, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
int fault_take(struct fault *fault, int status, const struct err *err);
int fault_memory(struct fault *fault);

/* As in base/err.h: the compiler then sees that they always fail. */
#define fault_set(...) (fault_set(__VA_ARGS__), err_failed())
#define fault_take(...) (fault_take(__VA_ARGS__), err_failed())
#define fault_memory(...) (fault_memory(__VA_ARGS__), err_failed())

/* Show it on standard error as the CLI does, behind an empty line. */
void fault_show(const struct fault *fault);

#endif
