/* The table of commands. */
#include "cmd/commands.h"

#include <string.h>

#include "cmd/options.h"

static const struct example invalidate_examples[] = {
	{"Print for review what would be sent.",
		"edgediff invalidate site --distribution-id EDFDVBD632BHDS5 "
		"--dry-run"},
	{"Invalidate after the upload, and wait until no cache has an old "
	 "page.",
		"edgediff invalidate site --distribution-id EDFDVBD632BHDS5 "
		"--wait"},
	{"Keep the baseline in S3, for machines that are discarded after each "
	 "run.",
		"edgediff invalidate site.tar --distribution-id "
		"EDFDVBD632BHDS5 --baseline s3://records/site.baseline"},
	{"Update two distributions whose options are in edgediff.conf.",
		"edgediff invalidate site --distribution www "
		"--distribution docs"},
	{0},
};

static const struct example announce_examples[] = {
	{"Announce a build, upload it, and invalidate what it changed.",
		"edgediff announce site --distribution-id EDFDVBD632BHDS5"},
	{"The same for two distributions, whose options are in edgediff.conf.",
		"edgediff announce site --distribution www "
		"--distribution docs"},
	{0},
};

static const struct example status_examples[] = {
	{"Is a batch pending?",
		"edgediff status --distribution-id EDFDVBD632BHDS5"},
	{"The same for a script, from a baseline file.",
		"edgediff status --baseline site.baseline --output json"},
	{0},
};

static const struct example inspect_examples[] = {
	{"What follows from how a distribution caches?",
		"edgediff inspect --distribution-id EDFDVBD632BHDS5"},
	{"The same for a site whose ID nobody knows, kept for later.",
		"edgediff inspect --alias www.example.com --save www.json"},
	{0},
};

static const struct example verify_examples[] = {
	{"Does the edge serve this build, and no longer the one before?",
		"edgediff verify new --old old --url https://www.example.com"},
	{"The same in a job without the build, by the baseline's file.",
		"edgediff verify site.baseline --url https://www.example.com"},
	{0},
};

static const struct example plan_examples[] = {
	{"Compare two folders.", "edgediff plan old new"},
	{"Compare a saved manifest with an archive, without wildcards.",
		"edgediff plan old.manifest new.tar --max-wildcards 0"},
	{"Write the items to a file, one per line.",
		"edgediff plan old new --output paths >paths"},
	{"Why is this page invalidated?",
		"edgediff plan old new --explain /blog/index.html"},
	{0},
};

static const struct example diff_examples[] = {
	{"Compare two folders.", "edgediff diff old new"},
	{"Compare all files except source maps, as JSON.",
		"edgediff diff old new --exclude '*.map' --output json"},
	{0},
};

static const struct example manifest_examples[] = {
	{"Record a build without keeping its files.",
		"edgediff manifest new >new.manifest"},
	{"Hash one of four parts, each on its own machine.",
		"edgediff manifest new --shard 1/4 >part-1"},
	{0},
};

static const struct example merge_examples[] = {
	{"Make the manifest of the whole build from its parts.",
		"edgediff merge part-1 part-2 >new.manifest"},
	{0},
};

static const struct example version_examples[] = {
	{"Show the versions.", "edgediff version"},
	{0},
};

static const struct example help_examples[] = {
	{"Show the options of plan.", "edgediff help plan"},
	{0},
};

const struct command commands[] = {
	{"invalidate", "BUILD --distribution-id ID",
		"invalidate what a build changed", FOR_INVALIDATE,
		"Compares BUILD with the baseline, the record of the last "
		"deployment that CloudFront accepted, finds the smallest "
		"list of invalidation paths that covers what changed, and "
		"submits them as one invalidation, exactly once. Run it after "
		"every upload. If an earlier run left a batch pending, it is "
		"settled first. After a failure, run the same command again.",
		invalidate_examples},
	{"announce", "BUILD --distribution-id ID",
		"record a build before it is uploaded", FOR_ANNOUNCE,
		"Records in the baseline that BUILD is about to be uploaded, "
		"so that caches may soon hold its objects. Run it before every "
		"upload. Then the next invalidate covers what caches can have "
		"taken from an upload that was cancelled, cut short or "
		"replaced, too. It sends nothing to CloudFront, and what it "
		"records causes no further invalidation if all goes well. A "
		"build that looks wrong is refused, and not recorded.",
		announce_examples},
	{"status", "--distribution-id ID",
		"show the baseline and any pending batch", FOR_STATUS,
		"Shows the baseline, the record of the last deployment that "
		"CloudFront accepted, and the pending batch, if there is one. "
		"It writes nothing and does not ask CloudFront. Give "
		"--distribution-id or --baseline, or sections of "
		"edgediff.conf that have one of them with --distribution. "
		"With several sections it shows the baseline of each, even if "
		"it fails for one; --distribution-id and --baseline are then "
		"left out.",
		status_examples},
	{"inspect", "--distribution-id ID",
		"show what a distribution's configuration means", FOR_INSPECT,
		"Reads the configuration of a distribution and of its cache "
		"policies, and prints what follows for invalidations: a line "
		"for each conclusion, with its reason. What is in doubt is "
		"taken so that no page can stay stale. It changes nothing. "
		"Instead of --distribution-id, give a host with --alias, or "
		"the bucket of an origin with --bucket.",
		inspect_examples},
	{"verify", "BUILD --url URL", "ask the site whether it serves a build",
		FOR_VERIFY,
		"Asks the site for some URLs as browsers do, and compares what "
		"it answers with the fingerprints of BUILD, which may also be "
		"the file of a baseline. With --old, the URLs are those that "
		"changed since. What is stale is asked again until "
		"--wait-timeout. It needs no credentials, sends nothing to "
		"CloudFront, and writes no baseline, so that jobs in several "
		"regions can ask several locations.",
		verify_examples},
	{"plan", "OLD NEW",
		"find the invalidation items that cover what changed", FOR_PLAN,
		"Finds the paths and wildcards that cover, at the lowest cost, "
		"every URL that becomes stale when NEW replaces OLD. It prints "
		"a table for people, with the cost of other ways for "
		"comparison. For programs, --output json prints the items and "
		"what they cost, and --output paths only the items, one per "
		"line. It sends nothing.",
		plan_examples},
	{"diff", "OLD NEW", "show what changed between two builds", FOR_DIFF,
		"Prints a line for each object that differs: A for added, M "
		"for modified or D for removed, a tab, and the key. Only the "
		"bytes of a file count, not its date, its mode or its position "
		"in an archive.",
		diff_examples},
	{"manifest", "BUILD", "print the fingerprints of a build", FOR_MANIFEST,
		"Prints the sorted list of the objects in BUILD, each with "
		"its size and fingerprint. The same files give the same bytes "
		"on any machine, from a folder or an archive. Every command "
		"accepts a manifest instead of the build itself.",
		manifest_examples},
	{"merge", "MANIFEST...", "merge the manifests of a build's parts",
		FOR_MERGE,
		"Prints the manifest of a build that was hashed in parts, "
		"byte for byte as if it had been hashed whole. It reads any "
		"number of files, pipes and -, which is standard input, in "
		"constant memory. It refuses a part that is cut or damaged, "
		"a key that two parts contain, and parts made by --shard of "
		"which one is missing or occurs twice, or whose numbers of "
		"parts differ.",
		merge_examples},
	{"version", "", "print the versions (also: --version, -V)", FOR_VERSION,
		"Prints the version of edgediff and that of each library that "
		"it uses, one per line. A report of a fault should contain "
		"them.",
		version_examples},
	{"help", "[COMMAND]", "explain edgediff or one of its commands", 0,
		"Lists the commands, or explains one of them and its options.",
		help_examples},
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
