/*
 * Fails each allocation of a function in turn. A test that includes this header is
 * linked with --wrap for the functions below (tests/unit_edges), so that what
 * edgediff itself allocates can fail; libraries have theirs.
 */
#ifndef UNIT_FAILING_H
#define UNIT_FAILING_H

#include <stdbool.h>

#include "tests/unit/fixture.h"

/* The work: 0, or -1 with an error. It leaves nothing allocated in any case. */
typedef int failing_work_fn(void *context, struct err *err);

static struct {
	long at; /* the allocation that fails, from 1 on; 0 for none */
	bool after; /* all after it, too */
	int paused; /* they neither fail nor count: what is faked allocates, too */
	long made;
} failing;

static inline bool
failing_now(void)
{
	long number;

	if (failing.paused > 0)
		return false;
	number = ++failing.made;
	return failing.at > 0 &&
	       (failing.after ? number >= failing.at : number == failing.at);
}

#define FAILING(type, name, parameters, arguments)                     \
	type __real_##name parameters;                                 \
	type __wrap_##name parameters;                                 \
	type __wrap_##name parameters                                  \
	{                                                              \
		return failing_now() ? NULL : __real_##name arguments; \
	}

FAILING(void *, malloc, (size_t size), (size))
FAILING(void *, calloc, (size_t count, size_t size), (count, size))
FAILING(void *, realloc, (void *old, size_t size), (old, size))
FAILING(void *, aligned_alloc, (size_t alignment, size_t size),
	(alignment, size))
FAILING(char *, strdup, (const char *text), (text))
FAILING(char *, strndup, (const char *text, size_t len), (text, len))

/* How the work ends if allocation number `at` fails; *failed: it has come to it. */
static inline int
fail_allocation(failing_work_fn *work, void *context, long at, bool after,
	bool *failed, struct err *err)
{
	int rc;

	failing.made = 0;
	failing.after = after;
	failing.at = at;
	rc = work(context, err);
	failing.at = 0;
	*failed = at > 0 && failing.made >= at;
	return rc;
}

/*
 * Does the work once for each of its allocations, which fails, and again with all
 * after it. Each time it must say that memory ran out, or succeed: it then has to
 * see for itself that what it made is whole. Returns how many allocations it makes.
 */
static inline long
fail_each_allocation(failing_work_fn *work, void *context)
{
	struct err err = ERR_INIT;
	bool failed = true;
	long at;
	int rc, after;

	if (fail_allocation(work, context, 0, false, &failed, &err) != 0)
		fail_msg("without a fault: %s", err.message);
	for (after = 0; after < 2; after++)
		for (at = 1, failed = true; failed; at++) {
			err = (struct err)ERR_INIT;
			rc = fail_allocation(
				work, context, at, after, &failed, &err);
			if (rc == 0 || (failed && err.code == ERR_MEMORY))
				continue;
			fail_msg("allocation %ld%s: error %d: %s", at,
				after ? " and all after it" : "", err.code,
				err.message);
		}
	return at - 2;
}

#endif
