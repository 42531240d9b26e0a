/*
 * The table of options: parsing, help, the manual and whatever else lists
 * them reads it.
 */
#include <stddef.h>

#include "cmd/options.h"

#define AT(member) offsetof(struct settings, member)

enum {
	BUILDS = FOR_MANIFEST | FOR_DIFF | FOR_PLAN | FOR_INVALIDATE,
	PLANS = FOR_PLAN | FOR_INVALIDATE,
	DEPLOYMENTS = FOR_INVALIDATE | FOR_STATUS,
	ALL = BUILDS | FOR_STATUS,
	CONFIGURED = PLANS | DEPLOYMENTS | PER_RUN,
};

const struct option_row option_rows[] = {
	{"--root", "DIR", NULL,
		"the build is this folder inside the folder or archive",
		OPTION_TEXT, AT(root), BUILDS},
	{"--exclude", "GLOB", NULL,
		"not part of the build, by gitignore's rules (repeatable)",
		OPTION_LIST, AT(exclude), BUILDS},
	{"--jobs", "N", NULL,
		"threads that read a build (1 to 256); by default one for "
		"each processor",
		OPTION_TEXT, AT(jobs), BUILDS},
	{"--cache", "FILE", NULL,
		"remember the files of a folder in it, so that those that did "
		"not change are not read again; for invalidate by default "
		"beside the baseline",
		OPTION_TEXT, AT(cache), FOR_MANIFEST | FOR_INVALIDATE},
	{"--no-cache", NULL, NULL, "read every file", OPTION_FLAG, AT(no_cache),
		FOR_MANIFEST | FOR_INVALIDATE},
	{"--shard", "I/N", NULL,
		"only the Ith of N (up to 100000) parts of the build, by "
		"their keys; edgediff merge makes one manifest of all of them",
		OPTION_TEXT, AT(shard), FOR_MANIFEST | PER_RUN},

	{"--prefix", "PATH", "/",
		"where the build is mounted; no wildcard is cut shorter",
		OPTION_TEXT, AT(prefix), PLANS},
	{"--index-document", "NAME", "index.html", "the directory index",
		OPTION_TEXT, AT(index_document), PLANS},
	{"--index-urls", "LIST", "file,slash",
		"URLs of a/index.html: file is /a/index.html, slash /a/, "
		"bare /a",
		OPTION_TEXT, AT(index_urls), PLANS},
	{"--clean-urls", NULL, NULL, "a.html answers at /a too", OPTION_FLAG,
		AT(clean_urls), PLANS},
	{"--query-strings", NULL, NULL,
		"cache keys hold query strings, so only wildcards cover a URL",
		OPTION_FLAG, AT(query_strings), PLANS},
	{"--never-widen", "PREFIX", NULL,
		"no wildcard may cover a URL under it: another origin's /api/ "
		"(repeatable)",
		OPTION_LIST, AT(never_widen), PLANS},
	{"--skip-added", NULL, NULL, "added objects make no stale URL",
		OPTION_FLAG, AT(skip_added), PLANS},
	{"--immutable", "GLOB", NULL,
		"fingerprinted names, never stale; a changed one is a warning "
		"(repeatable)",
		OPTION_LIST, AT(immutable), PLANS},
	{"--doubtful", "encode|widen", "widen",
		"how to cover names with ~ or ', which may not match encoded",
		OPTION_TEXT, AT(doubtful), PLANS},
	{"--max-paths", "N", "100", "at most this many items (1 to 3000)",
		OPTION_TEXT, AT(max_paths), PLANS},
	{"--max-wildcards", "N", "15",
		"at most this many of them wildcards (0 to 15)", OPTION_TEXT,
		AT(max_wildcards), PLANS},
	{"--collateral-cost", "R", "1",
		"one needlessly dropped URL weighs as much as R items "
		"(0 to 1000)",
		OPTION_TEXT, AT(collateral_cost), PLANS},

	{"--explain", "URL", NULL,
		"say by which item and because of what this URL is covered",
		OPTION_TEXT, AT(explain), FOR_PLAN | PER_RUN},

	{"--name-only", NULL, NULL, "the keys alone, one a line", OPTION_FLAG,
		AT(name_only), FOR_DIFF | PER_RUN},
	{"--null", NULL, NULL,
		"with --name-only: the keys' own bytes, each ended by a NUL "
		"instead of a newline (also: -0)",
		OPTION_FLAG, AT(null), FOR_DIFF | PER_RUN},
	{"--filter", "LETTERS", "AMD",
		"print only what was added (A), modified (M) or removed (D); a "
		"--report has all",
		OPTION_TEXT, AT(filter), FOR_DIFF | PER_RUN},

	{"--distribution", "NAME", NULL,
		"take the options of this section of edgediff.conf, where the "
		"command line has none (repeatable); only invalidate takes "
		"several",
		OPTION_LIST, AT(sections), CONFIGURED},
	{"--config", "FILE", NULL,
		"the file of --distribution; by default edgediff.conf in the "
		"current folder",
		OPTION_TEXT, AT(config), CONFIGURED},
	{"--distribution-id", "ID", NULL, "the CloudFront distribution",
		OPTION_TEXT, AT(distribution), DEPLOYMENTS},
	{"--baseline", "WHERE", NULL,
		"the record of the last accepted deployment, a file or "
		"s3://BUCKET/KEY; by default .edgediff/ID.baseline",
		OPTION_TEXT, AT(baseline), DEPLOYMENTS},
	{"--first-run", "all|none|fail", "all",
		"with no baseline: drop everything, take the edge for fresh, "
		"or refuse",
		OPTION_TEXT, AT(first_run), FOR_INVALIDATE},
	{"--allow-empty", NULL, NULL, "a build without objects is meant so",
		OPTION_FLAG, AT(allow_empty), FOR_INVALIDATE},
	{"--dry-run", NULL, NULL,
		"send nothing, write nothing but a --report, and print the "
		"batch for review",
		OPTION_FLAG, AT(dry_run), FOR_INVALIDATE | PER_RUN},
	{"--reviewed", "FILE", NULL,
		"send only the batch in it, which --dry-run printed; with "
		"--dry-run, see that it is still the same",
		OPTION_TEXT, AT(reviewed), FOR_INVALIDATE | PER_RUN},
	{"--stamp", "FILE", NULL,
		"for make and ninja: write it where the edge was brought up "
		"to date, or it is missing, and leave it alone where there "
		"was nothing to do",
		OPTION_TEXT, AT(stamp), FOR_INVALIDATE | PER_RUN},
	{"--depfile", "FILE", NULL,
		"write what the build was read from, as the dependencies of "
		"the stamp",
		OPTION_TEXT, AT(depfile), FOR_INVALIDATE | PER_RUN},
	{"--wait", NULL, NULL,
		"wait until the invalidation is completed, also the last "
		"run's where there is nothing to do",
		OPTION_FLAG, AT(wait), FOR_INVALIDATE},
	{"--wait-timeout", "SECONDS", "600",
		"wait at most this long: for --wait, and where too many "
		"invalidations are in progress",
		OPTION_TEXT, AT(wait_timeout), FOR_INVALIDATE},

	{"--profile", "NAME", NULL,
		"the profile of AWS's configuration and credentials files",
		OPTION_TEXT, AT(profile), DEPLOYMENTS},
	{"--region", "NAME", NULL,
		"the region of the s3:// bucket, and to sign for at another "
		"endpoint",
		OPTION_TEXT, AT(region), DEPLOYMENTS},
	{"--endpoint-url", "URL", NULL, "another CloudFront endpoint",
		OPTION_TEXT, AT(endpoint_url), DEPLOYMENTS},
	{"--ca-bundle", "FILE", NULL, "certificates to trust instead",
		OPTION_TEXT, AT(ca_bundle), DEPLOYMENTS},
	{"--s3-addressing-style", "auto|virtual|path", NULL,
		"name the bucket of s3://BUCKET/KEY in the host or in the "
		"path; by default as the profile says, else auto",
		OPTION_TEXT, AT(s3_addressing_style), DEPLOYMENTS},

	{"--report", "FILE", NULL,
		"a report for review, in the format that FILE ends in: .html, "
		".md or .json; invalidate writes it before it sends anything "
		"(repeatable)",
		OPTION_LIST, AT(report), FOR_DIFF | PLANS | PER_RUN},

	{"--quiet", NULL, NULL, "say errors and warnings only", OPTION_FLAG,
		AT(quiet), ALL | FOR_MERGE | PER_RUN},
	{"--verbose", NULL, NULL,
		"say what is read and what the cache saved, each request with "
		"its id, and how long things take",
		OPTION_FLAG, AT(verbose), ALL | FOR_MERGE | PER_RUN},
	{"--output", "text|json", "text", "the form of standard output",
		OPTION_TEXT, AT(output), ALL | PER_RUN},
	{"--help", NULL, NULL, "this text (also: -h)", OPTION_FLAG, AT(help),
		ALL | FOR_MERGE | PER_RUN},
	{0},
};
