/* The process environment, passed in so that tests can supply their own. */
#ifndef AWS_ENVIRONMENT_H
#define AWS_ENVIRONMENT_H

struct environment {
	const char *(*get)(void *context, const char *name); /* NULL if unset */
	void *context;
};

/* A variable's value; NULL if it is unset or empty. */
const char *environment_get(
	const struct environment *environment, const char *name);

#endif
