/*
 * Errors: what went wrong, where, and what to do about it.
 *
 * Every function that can fail returns 0 or -1 and takes a `struct err *` as
 * its last parameter. The first to notice a failure writes what happened and
 * to what; each caller that knows more puts its fact in front with
 * err_context() (a file, a line, which try). A message is one line of UTF-8
 * without a newline: names from outside go through escape_show() first. Secrets
 * never enter a message.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err_code {
	ERR_NONE = 0,
	ERR_USAGE, /* the arguments are off: exit 2 */
	ERR_INPUT, /* bytes from outside break their format or a limit */
	ERR_UNCONFIGURED, /* nothing is set up: no credentials, no region */
	ERR_SYSTEM, /* the system refused; sys_errno says why */
	ERR_MEMORY, /* no memory */
	ERR_BUSY, /* somebody else holds it, or was faster; run again */
	ERR_NETWORK, /* no answer, and nothing can have been accepted */
	ERR_SERVICE, /* the service answered with an error */
	ERR_AMBIGUOUS, /* the request may have been accepted: nobody knows */
	ERR_BUG, /* our own check failed */
};

struct err {
	enum err_code code;
	int sys_errno; /* of ERR_SYSTEM, else 0 */
	char message[1536];
};

/* Start with no error. */
#define ERR_INIT                 \
	{                        \
		.code = ERR_NONE \
	}

/*
 * Each returns -1, so that a caller can write `return err_set(...)`. A message
 * too long for the struct is cut at a UTF-8 character and ends in "...".
 */
int err_set(struct err *err, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* As err_set(ERR_SYSTEM), then ": " and what errno means. Reads errno first. */
int err_system(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* "out of memory". */
int err_memory(struct err *err);

/* Put "<fact>: " in front of the message that is there; the code stays. */
int err_context(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Tell the compiler that the functions above always return -1: it then sees
 * that what is set on success only is not read after a failure.
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
