/* A baseline in a local file, under a lock: see deploy/store.h. */
#ifndef DEPLOY_STORE_FILE_H
#define DEPLOY_STORE_FILE_H

#include "deploy/store.h"

/*
 * Nothing is opened yet. The path is copied. Fails only for lack of memory;
 * then *out is NULL.
 */
int store_file_open(struct store **out, const char *path, struct err *err);

#endif
