/* Text from the tables as mdoc(7), on standard output. */
#ifndef CMD_MANUAL_MDOC_H
#define CMD_MANUAL_MDOC_H

#include "cmd/manual/listing.h"

/*
 * Print sentences, each on a line of its own. Options become .Fl. Words in
 * capitals become .Ar if `operands`, a usage line or NULL, contains them.
 */
void mdoc_prose(const char *text, const char *operands);

/* Print a list of a command's options: the global ones, or the others. */
void mdoc_options(const struct listing_command *command, bool global);

/* Print a list of those options that can be keys of edgediff.conf. */
void mdoc_keys(const struct listing_command *command);

/* Print a command's line of the SYNOPSIS. */
void mdoc_synopsis(const struct listing_command *command);

/* Print a command line as an example. */
void mdoc_example(const char *line);

/* Print an entry of a list: a number or a name, and its meaning. */
void mdoc_item(const char *macro, const char *tag, const char *meaning);

#endif
