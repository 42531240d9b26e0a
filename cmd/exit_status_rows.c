/* The table of exit statuses. */
#include "cmd/exit_status_rows.h"

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
