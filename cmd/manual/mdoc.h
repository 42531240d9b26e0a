/* Text of the tables as mdoc, on standard output. */
#ifndef CMD_MANUAL_MDOC_H
#define CMD_MANUAL_MDOC_H

#include "cmd/manual/listing.h"

/*
 * Sentences, each from the beginning of a line. Options become .Fl, and the
 * words in capitals that `operands` (NULL for none) has become .Ar.
 */
void mdoc_prose(const char *text, const char *operands);

/* A list of the options: those that are taken everywhere, or the others. */
void mdoc_options(const struct listing_command *command, bool everywhere);

/* The keys that edgediff.conf can have of its options. */
void mdoc_keys(const struct listing_command *command);

/* Its line of the SYNOPSIS. */
void mdoc_synopsis(const struct listing_command *command);

/* A command line to be typed. */
void mdoc_example(const char *line);

/* A list's entry for a number or a name, and what it means. */
void mdoc_item(const char *macro, const char *tag, const char *meaning);

#endif
