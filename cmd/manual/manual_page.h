/*
 * Fills the pages of the manual in. A page's source is mdoc; a line
 * `.\"@ WORD` in it stands for what the tables know:
 *
 *	synopsis	the command's line
 *	description	what it does
 *	options		its options
 *	examples	its examples
 *	status		its exit statuses
 *	commands	all commands of edgediff's own, with their operands
 *	stand-ins	those in place of the AWS CLI, of `wait` too
 *	stand-in-names, stand-in-synopsis, stand-in-options, stand-in-status
 *
 * The first five are of the command that the file's name, edgediff-COMMAND.1,
 * names.
 */
#ifndef CMD_MANUAL_PAGE_H
#define CMD_MANUAL_PAGE_H

#include "cmd/manual/listing.h"

/* False, with a word on standard error, where the source is not as above. */
bool manual_page_print(const char *source, const struct listing *listing);

#endif
