/* The completion of fish, generated from the tables. */
#ifndef CMD_MANUAL_COMPLETION_FISH_H
#define CMD_MANUAL_COMPLETION_FISH_H

#include "cmd/manual/listing.h"

/*
 * Print the file `source`, with the tables in place of its line `#@ tables`.
 * The result needs only its shell. Returns false, after a
 * message on standard error, on failure.
 */
bool completion_fish(const char *source, const struct listing *listing);

#endif
