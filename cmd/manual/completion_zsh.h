/* The completion for zsh, generated from the tables. */
#ifndef CMD_MANUAL_COMPLETION_ZSH_H
#define CMD_MANUAL_COMPLETION_ZSH_H

#include "cmd/manual/listing.h"

/*
 * Print the file `source`, with the tables in place of its line `#@ tables`.
 * The result needs only its shell. On failure, prints a message on standard
 * error and returns false.
 */
bool completion_zsh(const char *source, const struct listing *listing);

#endif
