/* The table of commands, and that of exit statuses. */
#include <string.h>

#include "cmd/command.h"
#include "cmd/options.h"

static const struct example invalidate_examples[] = {
	{"For review: what would be sent.",
		"edgediff invalidate site --distribution-id EDFDVBD632BHDS5 "
		"--dry-run"},
	{"After the upload, and wait until no cache has an old page.",
		"edgediff invalidate site --distribution-id EDFDVBD632BHDS5 "
		"--wait"},
	{"The record in S3, for machines that are gone after each run.",
		"edgediff invalidate site.tar --distribution-id "
		"EDFDVBD632BHDS5 --baseline s3://records/site.baseline"},
	{"Two distributions, whose options edgediff.conf has.",
		"edgediff invalidate site --distribution www "
		"--distribution docs"},
	{0},
};

static const struct example status_examples[] = {
	{"Is a batch pending?",
		"edgediff status --distribution-id EDFDVBD632BHDS5"},
	{"The same for a script, of a file.",
		"edgediff status --baseline site.baseline --output json"},
	{0},
};

static const struct example plan_examples[] = {
	{"Between two folders.", "edgediff plan old new"},
	{"Between a manifest that was kept and an archive, without wildcards.",
		"edgediff plan old.manifest new.tar --max-wildcards 0"},
	{"The bare items, for a program.",
		"edgediff plan old new --output json"},
	{"Why is this page dropped?",
		"edgediff plan old new --explain /blog/index.html"},
	{0},
};

static const struct example diff_examples[] = {
	{"Between two folders.", "edgediff diff old new"},
	{"All but source maps, as JSON.",
		"edgediff diff old new --exclude '*.map' --output json"},
	{0},
};

static const struct example manifest_examples[] = {
	{"Keep what a build is without its files.",
		"edgediff manifest new >new.manifest"},
	{"One of four parts, each on a machine of its own.",
		"edgediff manifest new --shard 1/4 >part-1"},
	{0},
};

static const struct example merge_examples[] = {
	{"The manifest of the whole, of its parts.",
		"edgediff merge part-1 part-2 >new.manifest"},
	{0},
};

static const struct example help_examples[] = {
	{"The options of plan.", "edgediff help plan"},
	{0},
};

const struct command commands[] = {
	{"invalidate", "BUILD --distribution-id ID",
		"bring the edge up to date with a build", FOR_INVALIDATE,
		command_invalidate,
		"Compares BUILD with the baseline, the record of the last "
		"deployment that CloudFront accepted, finds the smallest "
		"list of invalidation paths that covers what changed, and "
		"submits them as one invalidation, exactly once. Run it after "
		"every upload. A batch that an earlier run left pending is "
		"settled first; after a failure, run the same command again.",
		invalidate_examples},
	{"status", "--distribution-id ID", "the baseline, and what is pending",
		FOR_STATUS, command_status,
		"Shows the baseline, the record of the last deployment that "
		"CloudFront accepted, and the batch that is pending, where "
		"there is one. Nothing is written, and CloudFront is not "
		"asked. One of --distribution-id and --baseline has to be "
		"given, or be in the section that --distribution names.",
		status_examples},
	{"plan", "OLD NEW", "the invalidation items that cover what changed",
		FOR_PLAN, command_plan,
		"Finds the paths and wildcards that cover every URL which is "
		"stale once NEW is in the place of OLD, at the lowest cost. "
		"They are shown in a table for people, beside what other ways "
		"would cost; with --output json the bare items are there for "
		"programs. Nothing is sent.",
		plan_examples},
	{"diff", "OLD NEW", "what changed between two builds", FOR_DIFF,
		command_diff,
		"Prints a line for each object that differs: A for added, M "
		"for changed or D for removed, a tab, and the key. Only the "
		"bytes of a file count, not its date, mode or place in an "
		"archive.",
		diff_examples},
	{"manifest", "BUILD", "the fingerprints of a build", FOR_MANIFEST,
		command_manifest,
		"Prints the sorted list of the objects of BUILD, each with "
		"its size and fingerprint. The same files give the same bytes "
		"on any machine, from a folder or an archive. Every command "
		"takes a manifest in the place of the build.",
		manifest_examples},
	{"merge", "MANIFEST...", "one manifest of those of a build's parts",
		FOR_MERGE, command_merge,
		"Prints the manifest of a build that was hashed in parts, "
		"byte for byte what the whole gives. It takes any number of "
		"files, pipes and -, which is standard input, in constant "
		"memory. A part that is cut or damaged is refused, and so is "
		"a key that two parts hold; that a part is missing cannot be "
		"known.",
		merge_examples},
	{"help", "[COMMAND]", "this text, or a command's options", 0,
		command_help,
		"Lists the commands, or says what one of them does and which "
		"options it takes.",
		help_examples},
	{0},
};

enum { SENDS = FOR_INVALIDATE }; /* and so can leave a batch pending */

const struct exit_row exit_rows[] = {
	{EXIT_DONE, "done, or nothing to do", ~0U},
	{EXIT_FAILED,
		"failed, and nothing was sent (of several distributions: for "
		"one of them)",
		SENDS},
	{EXIT_FAILED, "failed", ~(unsigned)SENDS},
	{EXIT_USAGE, "the arguments are wrong", ~0U},
	{EXIT_PENDING,
		"a batch is pending: it was or may have been sent; run the "
		"same command again to finish",
		SENDS},
	{EXIT_AFTER,
		"accepted and recorded, but something after that failed "
		"(waiting, a report)",
		SENDS},
	{0},
};

const struct command *
command_find(const char *name)
{
	const struct command *command;

	for (command = commands; command->name; command++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

bool
exit_row_is_of(const struct exit_row *row, const struct command *command)
{
	unsigned bits = command ? command->bit : (unsigned)SENDS;

	return row->commands & (bits ? bits : ~(unsigned)SENDS);
}
