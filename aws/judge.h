/* What the answer to one try of a call means. */
#ifndef AWS_JUDGE_H
#define AWS_JUDGE_H

#include "aws/call.h"
#include "aws/retry.h"

/*
 * Done (err->code is ERR_NONE), or the failure in err, and why to try again. A
 * 2xx that cannot be used, a 5xx and an answer that was lost leave open whether
 * the call was carried out: client->doubtful; the rest is a refusal, and
 * *informed where it tells of an earlier try. Of what the client keeps of its
 * last call, status, date and error are set too; and its clock, once, where
 * that is what was wrong.
 */
enum retry_reason aws_judge(struct aws_client *client, struct aws_call *call,
	bool clock_corrected, bool *informed, struct http_answer *answer,
	struct err *err);

#endif
