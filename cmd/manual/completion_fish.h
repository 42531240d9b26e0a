/* The completion for fish, generated from the tables. */
#ifndef CMD_MANUAL_COMPLETION_FISH_H
#define CMD_MANUAL_COMPLETION_FISH_H

#include "cmd/manual/listing.h"

/*
 * Print the file `source`, with the tables in place of its line `#@ tables`.
 * The result needs only its shell. On failure, prints a message on standard
 * error and returns false.
 */
bool completion_fish(const char *source, const struct listing *listing);

#endif
