/*
 * Errors: what went wrong, where, and what to do about it.
 *
 * Every function that can fail returns 0 or -1 and takes a `struct err *` as
 * its last parameter. The function that notices the failure says what happened
 * and to what; a caller that knows more (the file, the line, which attempt)
 * puts that in front with err_context(). A message is one line of UTF-8 without
 * a newline, so names from outside pass through escape_show(). It never
 * contains a secret.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err_code {
	ERR_NONE = 0,
	ERR_USAGE, /* the command line or the configuration is wrong */
	ERR_INPUT, /* input breaks its format or exceeds a limit */
	ERR_UNCONFIGURED, /* no credentials or no region is configured */
	ERR_SYSTEM, /* a system call failed; sys_errno says why */
	ERR_MEMORY, /* out of memory */
	ERR_BUSY, /* another process has the lock or was faster; run again */
	ERR_NETWORK, /* no answer; the request cannot have been accepted */
	ERR_SERVICE, /* the service answered with an error */
	ERR_AMBIGUOUS, /* no usable answer; the request may have been accepted */
	ERR_BUG, /* an internal check failed */
};

struct err {
	enum err_code code;
	int sys_errno; /* errno if the code is ERR_SYSTEM, else 0 */
	char message[1536];
};

/* No error. */
#define ERR_INIT                 \
	{                        \
		.code = ERR_NONE \
	}

/*
 * Each returns -1, so that a caller can write `return err_set(...)`. A message
 * too long for the struct is cut between two UTF-8 characters and ends in
 * "...".
 */
int err_set(struct err *err, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Like err_set with ERR_SYSTEM, but appends ": " and the description of errno.
 */
int err_system(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Set ERR_MEMORY and "out of memory". */
int err_memory(struct err *err);

/* Put "<fact>: " in front of the message; the code stays the same. */
int err_context(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * The macros below tell the compiler that these functions always return -1. It
 * then sees that variables set only on success are not read after a failure.
 */
static inline int
err_failed(void)
{
	return -1;
}

#define err_set(...) (err_set(__VA_ARGS__), err_failed())
#define err_system(...) (err_system(__VA_ARGS__), err_failed())
#define err_memory(...) (err_memory(__VA_ARGS__), err_failed())
#define err_context(...) (err_context(__VA_ARGS__), err_failed())

#endif
