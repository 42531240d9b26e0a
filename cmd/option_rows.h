/* The table of options: parsing, help, the manual and completions read it. */
#ifndef CMD_OPTION_ROWS_H
#define CMD_OPTION_ROWS_H

#include "cmd/options.h"

/* All options, in the order of the manual; the last row has no name. */
extern const struct option_row option_rows[];

struct option_letter {
	const char *letter; /* with its dash */
	const char *name; /* of the option that it stands for */
};

/* The last row has no letter. */
extern const struct option_letter option_letters[];

#endif
