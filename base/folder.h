/* Makes folders and their missing parents. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include "base/err.h"

/*
 * Make a folder and its missing parents (mode 0777 & ~umask), as mkdir -p does,
 * and fsync each parent so that the new names survive a loss of power. It is
 * not an error if the folder exists.
 */
int folder_make(const char *path, struct err *err);

#endif
