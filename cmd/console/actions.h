/*
 * What GitHub's runner takes from a step: annotations, in what it says, and
 * outputs, in the file that GITHUB_OUTPUT names.
 *
 * The runner takes a line that begins with "::" for a command, and "##[" for
 * one wherever it stands. Lines of talk begin with edgediff's name, and
 * cmd/console/log.c breaks every "##[" up; so no name of a file gives it commands.
 */
#ifndef CMD_CONSOLE_ACTIONS_H
#define CMD_CONSOLE_ACTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Is this a step of a workflow? GITHUB_ACTIONS is "true". */
bool actions_is_step(void);

/* Append the command for an annotation of a kind ("error"), with its newline. */
void actions_annotate(struct buf *out, const char *kind, const char *message);

/*
 * Outputs, collected and then appended to the file all at once. Values are
 * numbers, hex digits, ids and words: letters, digits, blanks and . _ : - only.
 * With any other character writing fails, and nothing is written: a value can't
 * begin another output.
 */
struct step_outputs {
	struct buf lines;
	const char *wrong; /* the name of one that has another character */
};

void step_outputs_init(struct step_outputs *outputs);
void step_outputs_release(struct step_outputs *outputs);
void step_output(
	struct step_outputs *outputs, const char *name, const char *value);
void step_output_count(
	struct step_outputs *outputs, const char *name, size_t count);

/* Nothing where GITHUB_OUTPUT is not set. */
int step_outputs_write(const struct step_outputs *outputs, struct err *err);

#endif
