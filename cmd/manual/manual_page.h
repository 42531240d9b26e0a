/*
 * Fills in the pages of the manual. The source of a page is mdoc(7), in which
 * a line `.\"@ WORD` is replaced by text from the tables:
 *
 *	synopsis	the command's usage
 *	description	what the command does
 *	options		the command's options
 *	examples	the command's examples
 *	status		the exit statuses, of the command if there is one
 *	keys		the keys of edgediff.conf
 *	commands	edgediff's own commands
 *	stand-ins	the commands of the stand-in for the AWS CLI
 *	stand-in-names, stand-in-synopsis, stand-in-options, stand-in-status
 *
 * "The command" is that of a file named edgediff-COMMAND.1.
 */
#ifndef CMD_MANUAL_MANUAL_PAGE_H
#define CMD_MANUAL_MANUAL_PAGE_H

#include "cmd/manual/listing.h"

/*
 * Print the page whose source is this file. Returns false, after a message on
 * standard error, if the file cannot be read or has a word that is not above.
 */
bool manual_page_print(const char *source, const struct listing *listing);

#endif
