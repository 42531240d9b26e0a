/*
 * What the AWS CLI says, and the status it exits with, when something goes
 * wrong. A struct err cannot hold it: these messages have several lines and
 * quote their input, however large.
 */
#ifndef CMD_AWSCLI_FAULT_H
#define CMD_AWSCLI_FAULT_H

#include "base/buf.h"

/* The exit statuses of the AWS CLI, version 2. */
enum awscli_status {
	AWSCLI_OK = 0,
	AWSCLI_INTERRUPTED = 130, /* 128 + SIGINT */
	AWSCLI_PARAM_ERROR = 252, /* wrong arguments or parameters */
	AWSCLI_CONFIG_ERROR = 253, /* no credentials, no region */
	AWSCLI_CLIENT_ERROR = 254, /* the service answered with an error */
	AWSCLI_GENERAL_ERROR = 255, /* anything else */
};

/* Where the usage stands that the message comes with. */
enum fault_usage { FAULT_USAGE_NONE, FAULT_USAGE_BEFORE, FAULT_USAGE_AFTER };

struct fault {
	int status; /* AWSCLI_OK until it is set */

	/*
	 * What the AWS CLI calls it, or the service's code (borrowed until it
	 * is printed). NULL for what has no code, which has one form only.
	 */
	const char *code;
	enum fault_usage usage;
	size_t own; /* where in the text the service's own words begin */
	struct buf text; /* the message alone */
};

void fault_init(struct fault *fault);
void fault_release(struct fault *fault);

/*
 * Set a fault, in place of one that is set already, with the code that belongs
 * to the status, and without a usage. All return -1. The caller may append to
 * the text: fault_set(...); value_repr(&fault->text, ...).
 */
int fault_set(struct fault *fault, int status, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
int fault_from_err(struct fault *fault, int status, const struct err *err);
int fault_no_memory(struct fault *fault);

/* As in base/err.h, so that the compiler sees that they always fail. */
#define fault_set(...) (fault_set(__VA_ARGS__), err_failed())
#define fault_from_err(...) (fault_from_err(__VA_ARGS__), err_failed())
#define fault_no_memory(...) (fault_no_memory(__VA_ARGS__), err_failed())

/* The exit status of an error that no service has answered with. */
int fault_status_of(const struct err *err);

/*
 * Write text on standard error, with the bytes that are not UTF-8 shown as
 * Python's surrogates for them.
 */
void fault_write(const char *text, size_t len);

#endif
