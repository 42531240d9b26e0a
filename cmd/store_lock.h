/* Waits for the lock of a baseline file, as --lock-timeout says. */
#ifndef CMD_STORE_LOCK_H
#define CMD_STORE_LOCK_H

#include "cmd/options.h"
#include "deploy/store.h"

/* --lock-timeout, in seconds; ERR_USAGE if it is malformed. */
int store_lock_seconds(const struct settings *settings, unsigned long *seconds,
	struct err *err);

/* store_begin, which shows on the console what it waits for. */
int store_lock_begin(
	struct store *store, unsigned long seconds, struct err *err);

#endif
