/* The completions of three shells, made of the tables, on standard output. */
#ifndef CMD_MANUAL_COMPLETIONS_H
#define CMD_MANUAL_COMPLETIONS_H

#include "cmd/manual/listing.h"

/*
 * Each fills the tables in where its source has `#@ tables`, and needs nothing
 * but its shell. False, with a word on standard error, where it cannot.
 */
bool completion_bash(const char *source, const struct listing *listing);
bool completion_zsh(const char *source, const struct listing *listing);
bool completion_fish(const char *source, const struct listing *listing);

#endif
