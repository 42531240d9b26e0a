/*
 * The table of options, from which parsing, help, the manual and the
 * completions are made.
 */
#include "cmd/option_rows.h"

#include <stddef.h>

#define AT(member) offsetof(struct settings, member)

enum {
	GUARDED = FOR_MANIFEST | FOR_DIFF | FOR_PLAN | FOR_INVALIDATE |
		  FOR_ANNOUNCE,
	BUILDS = GUARDED | FOR_VERIFY,
	SENDABLE = FOR_PLAN | FOR_INVALIDATE,
	PLANS = SENDABLE | FOR_VERIFY,
	EDGES = FOR_VERIFY | FOR_INVALIDATE,
	RECORDS = FOR_INVALIDATE | FOR_ANNOUNCE,
	DEPLOYMENTS = RECORDS | FOR_STATUS,
	CALLS = DEPLOYMENTS | FOR_INSPECT | FOR_PLAN,
	ALL = BUILDS | FOR_STATUS | FOR_INSPECT,
	CONFIGURED = PLANS | CALLS | PER_RUN,
};

const struct option_row option_rows[] = {
	{"--root", "DIR", NULL,
		"use this folder inside the given folder or archive as the "
		"build",
		OPTION_TEXT, AT(root), BUILDS},
	{"--exclude", "GLOB", NULL,
		"exclude matching files from the build, by gitignore's rules "
		"(repeatable)",
		OPTION_LIST, AT(exclude), BUILDS},
	{"--no-follow", NULL, NULL,
		"refuse symbolic links that lead out of the build; by default "
		"links are followed, to files and folders",
		OPTION_FLAG, AT(no_follow), BUILDS},
	{"--jobs", "N", NULL,
		"number of threads that read a build (1 to 256); default: one "
		"per processor",
		OPTION_TEXT, AT(jobs), BUILDS},
	{"--cache", "FILE", NULL,
		"remember a folder's files in FILE, so that unchanged files "
		"are not read again; by default invalidate and announce keep "
		"it "
		"beside the baseline",
		OPTION_TEXT, AT(cache), FOR_MANIFEST | RECORDS},
	{"--no-cache", NULL, NULL, "read every file", OPTION_FLAG, AT(no_cache),
		FOR_MANIFEST | RECORDS},
	{"--shard", "I/N", NULL,
		"read only part I of N (at most 100000), chosen by key; "
		"edgediff merge makes one manifest from all parts",
		OPTION_TEXT, AT(shard), FOR_MANIFEST | PER_RUN},
	{"--partial", NULL, NULL,
		"merge even if the parts that --shard made are not those of "
		"one whole",
		OPTION_FLAG, AT(partial), FOR_MERGE | PER_RUN},

	{"--allow", "WHAT", NULL,
		"accept a build that looks wrong in this way: empty, archive, "
		"root, moved, partial or lfs, or a list of them (repeatable)",
		OPTION_LIST, AT(allow), GUARDED},

	{"--prefix", "PATH", "/",
		"URL path at which the build is mounted; no wildcard reaches "
		"above it",
		OPTION_TEXT, AT(prefix),
		PLANS | FOR_ANNOUNCE | FOR_STATUS | FOR_INSPECT},
	{"--index-document", "NAME", "index.html",
		"name of the directory index", OPTION_TEXT, AT(index_document),
		PLANS | FOR_ANNOUNCE},
	{"--index-urls", "LIST", "file,slash",
		"URLs of a/index.html: file is /a/index.html, slash is /a/, "
		"bare is /a",
		OPTION_TEXT, AT(index_urls), PLANS},
	{"--clean-urls", NULL, NULL, "a.html also answers at /a", OPTION_FLAG,
		AT(clean_urls), PLANS},
	{"--query-strings", NULL, NULL,
		"cache keys include query strings, so only wildcards cover a "
		"URL",
		OPTION_FLAG, AT(query_strings), PLANS},
	{"--never-widen", "PREFIX", NULL,
		"no wildcard may cover a URL under PREFIX, such as another "
		"origin's /api/ (repeatable)",
		OPTION_LIST, AT(never_widen), PLANS},
	{"--fallback", "KEY", NULL,
		"a page like index.html or 404.html that also answers at URLs "
		"which no build holds: if it changes, everything under the "
		"prefix is invalidated (repeatable)",
		OPTION_LIST, AT(fallback), PLANS},
	{"--skip-added", NULL, NULL,
		"added objects do not make any URL stale; only for an uploader "
		"that deletes what the build removed",
		OPTION_FLAG, AT(skip_added), PLANS},
	{"--immutable", "GLOB", NULL,
		"fingerprinted names, which never become stale; warn if one "
		"changes (repeatable)",
		OPTION_LIST, AT(immutable), PLANS},
	{"--doubtful", "encode|widen", "widen",
		"how to cover names that contain ~ or ', whose encoded form "
		"may not match",
		OPTION_TEXT, AT(doubtful), PLANS},
	{"--max-paths", "N", "100", "use at most N items (1 to 3000)",
		OPTION_TEXT, AT(max_paths), PLANS},
	{"--max-wildcards", "N", "15",
		"use at most N wildcards among the items (0 to 15)",
		OPTION_TEXT, AT(max_wildcards), PLANS},
	{"--collateral-cost", "R", "1",
		"invalidating one unchanged URL costs as much as R items (0 to "
		"1000)",
		OPTION_TEXT, AT(collateral_cost), PLANS},
	{"--foreign-cost", "N", "1000",
		"a wildcard that can meet the cached URLs of another origin "
		"costs as if it invalidated N unchanged ones (0 to 30000)",
		OPTION_TEXT, AT(foreign_cost), PLANS},
	{"--inspect", "auto|off|FILE", "auto",
		"how the distribution caches: ask CloudFront if there is "
		"something to send, ask nobody, or take what inspect --save "
		"kept; options that are given win",
		OPTION_TEXT, AT(inspect), PLANS},
	{"--expect-alias", "HOST", NULL,
		"send nothing unless the distribution serves HOST "
		"(repeatable)",
		OPTION_LIST, AT(expect_alias), SENDABLE},

	{"--explain", "URL", NULL,
		"explain which item covers this URL, and because of which "
		"change",
		OPTION_TEXT, AT(explain), FOR_PLAN | PER_RUN},

	{"--name-only", NULL, NULL, "print only the keys, one per line",
		OPTION_FLAG, AT(name_only), FOR_DIFF | PER_RUN},
	{"--null", NULL, NULL,
		"with --name-only: print the raw bytes of each key, followed "
		"by a NUL instead of a newline (also: -0)",
		OPTION_FLAG, AT(null), FOR_DIFF | PER_RUN},
	{"--filter", "LETTERS", "AMD",
		"print only objects that were added (A), modified (M) or "
		"removed (D); a --report lists all of them",
		OPTION_TEXT, AT(filter), FOR_DIFF | PER_RUN},

	{"--distribution", "NAME", NULL,
		"read options from this section of edgediff.conf; the command "
		"line overrides them (repeatable); plan, inspect and verify "
		"take only one",
		OPTION_LIST, AT(sections), CONFIGURED},
	{"--config", "FILE", NULL,
		"file that --distribution reads; default: edgediff.conf in the "
		"current folder",
		OPTION_TEXT, AT(config), CONFIGURED},
	{"--distribution-id", "ID", NULL, "ID of the CloudFront distribution",
		OPTION_TEXT, AT(distribution), CALLS},
	{"--alias", "HOST", NULL,
		"find the distribution that serves HOST, by an alias or by its "
		"own domain name",
		OPTION_TEXT, AT(alias), FOR_INSPECT | PER_RUN},
	{"--bucket", "NAME", NULL,
		"find the distribution with an origin that is this S3 bucket",
		OPTION_TEXT, AT(bucket), FOR_INSPECT | PER_RUN},
	{"--save", "FILE", NULL,
		"keep in FILE, as JSON, what was read; without secrets",
		OPTION_TEXT, AT(save), FOR_INSPECT | PER_RUN},
	{"--baseline", "WHERE", NULL,
		"record of the last accepted deployment, a file or "
		"s3://BUCKET/KEY; default: .edgediff/ID.baseline or, with a "
		"--prefix like /docs/, .edgediff/ID.docs.baseline",
		OPTION_TEXT, AT(baseline), DEPLOYMENTS},
	{"--first-run", "all|none|fail", "all",
		"if there is no baseline: invalidate everything, assume that "
		"the edge is current, or refuse",
		OPTION_TEXT, AT(first_run), FOR_INVALIDATE},
	{"--allow-empty", NULL, NULL,
		"accept an empty build, like --allow empty", OPTION_FLAG,
		AT(allow_empty), RECORDS},
	{"--dry-run", NULL, NULL,
		"print the batch for review; send nothing, and write nothing "
		"but a --report",
		OPTION_FLAG, AT(dry_run), FOR_INVALIDATE | PER_RUN},
	{"--reviewed", "FILE", NULL,
		"send only the batch in FILE, which --dry-run printed; with "
		"--dry-run, check that it is still the same",
		OPTION_TEXT, AT(reviewed), FOR_INVALIDATE | PER_RUN},
	{"--stamp", "FILE", NULL,
		"for make and ninja: write FILE after an invalidation, or if "
		"it is missing; leave it unchanged if there was nothing to do",
		OPTION_TEXT, AT(stamp), FOR_INVALIDATE | PER_RUN},
	{"--depfile", "FILE", NULL,
		"list in FILE what the build was read from, as dependencies of "
		"the stamp",
		OPTION_TEXT, AT(depfile), FOR_INVALIDATE | PER_RUN},
	{"--check-upload", "s3://BUCKET[/PREFIX]|auto|off", "off",
		"before anything is sent: check that the bucket holds what the "
		"build adds and changes; auto is the bucket that the "
		"distribution fetches it from",
		OPTION_TEXT, AT(check_upload), FOR_INVALIDATE},
	{"--check-wait", "SECONDS", "30",
		"with --check-upload, wait at most this long for an upload "
		"that is not complete",
		OPTION_TEXT, AT(check_wait), FOR_INVALIDATE},
	{"--wait", NULL, NULL,
		"wait until the invalidation is completed; if there is nothing "
		"to do, wait for the last one",
		OPTION_FLAG, AT(wait), FOR_INVALIDATE},
	{"--wait-timeout", "SECONDS", "600",
		"wait at most this long: with --wait, if too many "
		"invalidations are in progress, and until stale URLs are fresh",
		OPTION_TEXT, AT(wait_timeout), EDGES},
	{"--lock-timeout", "SECONDS", "30",
		"wait at most this long for another process that uses the same "
		"baseline file",
		OPTION_TEXT, AT(lock_timeout), RECORDS},
	{"--no-history", NULL, NULL,
		"do not look at CloudFront's list of invalidations, which "
		"shows whether the baseline is an older copy",
		OPTION_FLAG, AT(no_history), FOR_INVALIDATE},

	{"--verify", NULL, NULL,
		"wait, then ask the site at --url whether it serves the build; "
		"see edgediff-verify(1)",
		OPTION_FLAG, AT(verify), FOR_INVALIDATE},
	{"--old", "OLD", NULL,
		"what was served before: then the URLs of what changed since "
		"are asked, and old bytes are told from others",
		OPTION_TEXT, AT(old), FOR_VERIFY | PER_RUN},
	{"--url", "URL", NULL,
		"where viewers find the site: https://www.example.com, perhaps "
		"with a path that comes before the --prefix",
		OPTION_TEXT, AT(url), EDGES},
	{"--resolve", "HOST:PORT:ADDRESS", NULL,
		"connect to this address for this host and port, like curl's "
		"--resolve (repeatable)",
		OPTION_LIST, AT(resolve), EDGES},
	{"--header", "HEADER", NULL,
		"send this header to the site, NAME: VALUE; @FILE has a line "
		"for each, and keeps them from the list of processes "
		"(repeatable)",
		OPTION_LIST, AT(header), EDGES},
	{"--verify-requests", "N", "200",
		"ask the site at most so often, each URL once (1 to 10000)",
		OPTION_TEXT, AT(verify_requests), EDGES},
	{"--verify-bytes", "SIZE", "64M",
		"fetch bodies of at most this size in all: 64M; what does not "
		"fit is not asked",
		OPTION_TEXT, AT(verify_bytes), EDGES},

	{"--profile", "NAME", NULL,
		"profile in the AWS configuration and credentials files",
		OPTION_TEXT, AT(profile), CALLS},
	{"--region", "NAME", NULL,
		"region of the s3:// bucket; also used to sign requests to "
		"another endpoint",
		OPTION_TEXT, AT(region), CALLS},
	{"--endpoint-url", "URL", NULL, "use another CloudFront endpoint",
		OPTION_TEXT, AT(endpoint_url), CALLS},
	{"--ca-bundle", "FILE", NULL,
		"trust these certificates instead of the system's", OPTION_TEXT,
		AT(ca_bundle), CALLS | FOR_VERIFY},
	{"--s3-addressing-style", "auto|virtual|path", NULL,
		"put the bucket of s3://BUCKET/KEY in the host name or in the "
		"path; default: what the profile says, or else auto",
		OPTION_TEXT, AT(s3_addressing_style), DEPLOYMENTS},

	{"--report", "FILE", NULL,
		"write a report for review, in the format of FILE's extension: "
		".html, .md or .json; invalidate writes it before it sends "
		"anything (repeatable)",
		OPTION_LIST, AT(report), FOR_DIFF | PLANS | PER_RUN},

	{"--quiet", NULL, NULL, "print no messages except errors and warnings",
		OPTION_FLAG, AT(quiet), ALL | FOR_MERGE | PER_RUN},
	{"--verbose", NULL, NULL,
		"also print what is read, what the cache saved, each request "
		"with its ID, and how long things take",
		OPTION_FLAG, AT(verbose), ALL | FOR_MERGE | PER_RUN},
	{"--output", "text|json|paths", "text",
		"format of standard output; paths prints only the items, one "
		"per line (invalidate: with --dry-run)",
		OPTION_TEXT, AT(output), SENDABLE | PER_RUN},
	{"--output", "text|json", "text", "format of standard output",
		OPTION_TEXT, AT(output), (ALL & ~SENDABLE) | PER_RUN},
	{"--help", NULL, NULL, "print this help (also: -h)", OPTION_FLAG,
		AT(help), ALL | FOR_MERGE | FOR_VERSION | PER_RUN},
	{0},
};

const struct option_letter option_letters[] = {
	{"-h", "--help"},
	{"-0", "--null"},
	{0},
};
