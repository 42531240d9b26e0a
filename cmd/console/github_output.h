/*
 * The outputs of a step in a GitHub Actions workflow, which later steps read.
 * They are collected, then appended to the file that GITHUB_OUTPUT names, all at
 * once.
 *
 * Values are numbers, hexadecimal digits, ids and words: letters, digits, spaces
 * and . _ : - only. With any other character nothing is written, and writing
 * fails with ERR_BUG, so a value cannot begin another output.
 */
#ifndef CMD_CONSOLE_GITHUB_OUTPUT_H
#define CMD_CONSOLE_GITHUB_OUTPUT_H

#include <stddef.h>

#include "base/buf.h"

struct github_output {
	struct buf lines;
	const char *invalid; /* the name of an output with a wrong value */
};

void github_output_init(struct github_output *output);
void github_output_release(struct github_output *output);
void github_output_add(
	struct github_output *output, const char *name, const char *value);
void github_output_add_count(
	struct github_output *output, const char *name, size_t count);

/* Does nothing if GITHUB_OUTPUT is not set. */
int github_output_write(const struct github_output *output, struct err *err);

#endif
