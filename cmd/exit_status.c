/* Turns errors into exit statuses. */
#include "cmd/exit_status.h"

#include "cmd/console/log.h"

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
