/* Turns errors into exit statuses, and says what each status means. */
#include "cmd/exit_status.h"

#include "cmd/console/log.h"
#include "cmd/options.h"

/* The commands that send, and so can leave a batch pending. */
enum { SENDS = FOR_INVALIDATE };

const struct exit_status_row exit_status_rows[] = {
	{EXIT_DONE, "done, or nothing to do", ~0U},
	{EXIT_FAILED,
		"failed, and this build was not sent (with several "
		"distributions: for one of them)",
		SENDS},
	{EXIT_FAILED, "failed (with several distributions: for one of them)",
		FOR_STATUS},
	{EXIT_FAILED, "failed", ~(unsigned)(SENDS | FOR_STATUS)},
	{EXIT_USAGE, "the arguments are wrong", ~0U},
	{EXIT_PENDING,
		"a batch is pending: it was or may have been sent; run the "
		"same command again to finish",
		SENDS},
	{EXIT_AFTER,
		"accepted and recorded, but a later step failed (waiting, "
		"output, a report)",
		SENDS},
	{EXIT_AFTER, "the site cannot be reached", FOR_VERIFY},
	{EXIT_STALE,
		"accepted and recorded, and the edge still serves old bytes "
		"(--verify); run the same command again",
		SENDS},
	{EXIT_STALE, "the edge still serves old bytes", FOR_VERIFY},
	{0},
};

bool
exit_status_is_of(const struct exit_status_row *row, unsigned bit)
{
	return row->commands & (bit ? bit : ~(unsigned)(SENDS | FOR_VERIFY));
}

int
exit_status_log(const struct err *err)
{
	switch (err->code) {
	case ERR_USAGE:
		log_error("%s", err->message);
		return EXIT_USAGE;
	case ERR_UNCONFIGURED:
		log_error("%s", err->message);
		log_info("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or "
			 "AWS_PROFILE, or give the job a role: 'man edgediff' "
			 "lists where credentials are looked for");
		return EXIT_FAILED;
	case ERR_BUG:
		log_error("this is a bug in edgediff, please report it: %s",
			err->message);
		return EXIT_FAILED;
	default:
		log_error("%s", err->message);
		return EXIT_FAILED;
	}
}
