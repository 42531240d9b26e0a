/* Judges answers: acceptance, refusal, or doubt. */
#include "aws/judge.h"

#include <stdlib.h>
#include <string.h>

#include "aws/remedy.h"

/* "503 ServiceUnavailable: its message (request id ...)" into err. */
static int
refused(const struct aws_client *client, const struct aws_call *call,
	struct err *err)
{
	const struct service_error *e = &client->error;
	struct buf text;
	int rc;

	buf_init(&text, sizeof(err->message));
	if (strtol(e->code, NULL, 10) != client->status)
		buf_addf(&text, "%ld ", client->status);
	buf_addf(&text, "%s: %s", e->code, e->message);
	if (e->request_id[0])
		buf_addf(&text, " (request id %s)", e->request_id);
	if (!call->advise || !call->advise(&text, call, client))
		remedy_add(&text, client);
	rc = err_set(err, ERR_SERVICE, "%s", buf_str(&text));
	buf_release(&text);
	return rc;
}

static void
note_error(struct aws_client *client, const struct http_answer *answer)
{
	struct service_error *e = &client->error;
	char id[sizeof(e->request_id)];

	xml_read_error(
		e, client->status, buf_str(&answer->body), answer->body.len);
	if (http_answer_header(
		    answer, "x-amz-bucket-region", id, sizeof(e->region)))
		memcpy(e->region, id, sizeof(e->region));
	if (e->request_id[0])
		return;
	if (http_answer_header(answer, "x-amzn-requestid", id, sizeof(id)) ||
		http_answer_header(answer, "x-amz-request-id", id, sizeof(id)))
		memcpy(e->request_id, id, sizeof(id));
}

/* Set the offset from the answer's Date; false where that can't help. */
static bool
correct_clock(struct aws_client *client)
{
	if (client->date == 0)
		return false;
	client->clock_offset =
		client->date - client->system->now(client->system->context);
	return true;
}

static bool
is_success(const struct aws_call *call, long status)
{
	return status >= 200 && status < (call->as_sdk ? 301 : 300);
}

/* A 2xx: only 200 and 201 with what they promise are an acceptance. */
static enum retry_reason
judge_success(struct aws_client *client, struct aws_call *call,
	struct http_answer *answer, struct err *err)
{
	if ((answer->status <= 201 || call->as_sdk) &&
		call->read(call->into, answer, err) == 0) {
		err->code = ERR_NONE;
		return RETRY_NO;
	}
	client->doubtful = true;
	if (call->as_sdk)
		return RETRY_NO;
	if (answer->status > 201)
		err_set(err, ERR_SERVICE, "unexpected status");
	err_context(err, "cannot use the answer, status %ld", answer->status);
	return err->code == ERR_MEMORY ? RETRY_NO : RETRY_TRANSIENT;
}

enum retry_reason
aws_judge(struct aws_client *client, struct aws_call *call,
	bool clock_corrected, bool *informed, struct http_answer *answer,
	struct err *err)
{
	enum retry_reason reason;

	client->status = answer->status;
	client->error = (struct service_error){.code = ""};
	*informed = false;
	if (answer->outcome != HTTP_ANSWERED) {
		client->doubtful |= answer->outcome == HTTP_LOST;
		err_set(err, ERR_NETWORK, "%s", answer->problem);
		return answer->interrupted ? RETRY_NO : RETRY_TRANSIENT;
	}
	if (!http_answer_date(answer, &client->date))
		client->date = 0;
	if (is_success(call, answer->status))
		return judge_success(client, call, answer, err);
	note_error(client, answer);
	refused(client, call, err);
	client->doubtful |= answer->status >= 500;
	*informed = answer->status < 500 && call->informs &&
		    call->informs(&client->error, answer->status);
	reason = retry_classify(
		HTTP_ANSWERED, answer->status, remedy_code(&client->error));
	if (reason == RETRY_CLOCK &&
		(clock_corrected || !correct_clock(client)))
		return RETRY_NO;
	return reason;
}
