/* Makes many calls that only read, several at the same time. */
#include "aws/send_many.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "aws/classify.h"
#include "aws/http_many.h"
#include "aws/retry.h"
#include "aws/signed_request.h"

enum {
	PAUSE_MAX = 1000, /* ms in which nobody looks whether to go on */
};

enum slot_state {
	SLOT_IDLE,
	SLOT_READY, /* its call is to be sent, not before `due` */
	SLOT_SENDING,
};

struct call_slot {
	enum slot_state state;
	struct aws_call call;
	struct signed_request made;
	struct http_response response;
	struct retry retry;
	int64_t due; /* ms of the system's clock */
	bool reloaded; /* credentials were loaded again for this call */
};

struct many_calls {
	struct aws_client *client;
	const struct send_many *calls;
	struct http_many *http;
	struct aws_url url;
	struct call_slot *slots;
	size_t width;
	bool ended; /* there is no next call */

	/* how many calls may be under way, and how many went well since */
	size_t pace, successes;
	int64_t expiry; /* of credentials that could not be replaced */
	bool slowed; /* that was said */
};

static int64_t
now(const struct many_calls *m)
{
	return m->client->system->elapsed(m->client->system->context);
}

static size_t
count_slots(const struct many_calls *m, enum slot_state state)
{
	size_t count = 0, i;

	for (i = 0; i < m->width; i++)
		count += m->slots[i].state == state;
	return count;
}

/* ------------------------------------------------------------ the pace */

static void
slow_down(struct many_calls *m)
{
	const struct aws_system *system = m->client->system;

	m->pace = m->pace > 1 ? m->pace / 2 : 1;
	m->successes = 0;
	if (!m->slowed)
		system->log(
			system->context, "the service asks for a slower pace");
	m->slowed = true;
}

static void
speed_up(struct many_calls *m)
{
	if (m->pace == m->width || ++m->successes < 8 * m->pace)
		return;
	m->pace++;
	m->successes = 0;
}

/* ------------------------------------------------------------ sending */

/* As aws_send does, but once for the same credentials. */
static void
renew_before_expiry(struct many_calls *m)
{
	struct aws_client *client = m->client;
	struct err ignored = ERR_INIT;

	if (!client->load || !aws_client_expires_soon(client) ||
		client->credentials->expiry == m->expiry)
		return;
	client->load(client->load_context, &ignored);
	m->expiry = client->credentials->expiry;
}

static int
send_slot(struct many_calls *m, size_t index, struct err *err)
{
	struct call_slot *slot = &m->slots[index];
	int rc;

	renew_before_expiry(m);
	signed_request_release(&slot->made);
	rc = signed_request_make(
		&slot->made, m->client, &slot->call, &m->url, err);
	slot->made.request.repeatable = true;
	if (rc == 0)
		rc = http_many_start(m->http, index, &slot->made.request,
			&slot->response, err);
	slot->state = SLOT_SENDING;
	return rc;
}

/* Give idle slots calls, and send those that are due. */
static int
send_due(struct many_calls *m, struct err *err)
{
	size_t sending = count_slots(m, SLOT_SENDING), i;
	struct call_slot *slot;

	for (i = 0; i < m->width; i++) {
		slot = &m->slots[i];
		if (sending >= m->pace)
			break;
		if (slot->state == SLOT_IDLE && !m->ended) {
			m->ended = !m->calls->next(
				m->calls->context, i, &slot->call);
			if (m->ended)
				continue;
			assert(!slot->call.policy->is_write);
			slot->state = SLOT_READY;
			slot->due = 0;
			slot->reloaded = false;
			retry_init(&slot->retry, m->client->max_attempts);
		}
		if (slot->state != SLOT_READY || slot->due > now(m))
			continue;
		if (send_slot(m, i, err) != 0)
			return -1;
		sending++;
	}
	return 0;
}

/* ---------------------------------------------------------- the answers */

/* The response to a HEAD has no body, so its status has to say it all. */
static enum retry_reason
reason_of(const struct call_slot *slot, enum retry_reason reason)
{
	return slot->response.outcome == HTTP_ANSWERED &&
			       slot->response.status == 503
		       ? RETRY_THROTTLED
		       : reason;
}

/* A 400 may mean that the credentials have expired: are there others? */
static bool
has_new_credentials(struct many_calls *m, struct call_slot *slot)
{
	struct aws_client *client = m->client;
	struct err ignored = ERR_INIT;

	if (slot->reloaded || !client->load ||
		slot->response.outcome != HTTP_ANSWERED ||
		slot->response.status != 400)
		return false;
	slot->reloaded = true;
	return client->load(client->load_context, &ignored) == 0;
}

/* When is the call to be tried again? False if it is over. */
static bool
plan_retry(
	struct many_calls *m, struct call_slot *slot, enum retry_reason reason)
{
	const struct aws_system *system = m->client->system;
	long delay = retry_delay(&slot->retry, reason,
		system->random(system->context),
		retry_read_after(&slot->response));

	if (reason == RETRY_THROTTLED)
		slow_down(m);
	if (has_new_credentials(m, slot))
		delay = 0;
	if (delay < 0)
		return false;
	slot->state = SLOT_READY;
	slot->due = now(m) + delay;
	return true;
}

static int
finish_attempt(struct many_calls *m, size_t index, struct err *failure)
{
	const struct aws_system *system = m->client->system;
	struct call_slot *slot = &m->slots[index];
	bool about_earlier_attempt;
	enum retry_reason reason;
	struct err err = ERR_INIT;
	int rc;

	if (system->trace)
		system->trace(
			system->context, &slot->made.request, &slot->response);
	reason = classify_response(m->client, &slot->call,
		slot->retry.clock_corrected, &about_earlier_attempt,
		&slot->response, &err);
	if (err.code == ERR_NONE)
		speed_up(m);
	else if (plan_retry(m, slot, reason_of(slot, reason)))
		return 0;
	if (err.code != ERR_NONE)
		err_context(&err, "%s", slot->call.operation);
	if (slot->response.interrupted) {
		*failure = err;
		rc = -1;
	} else {
		rc = m->calls->done(
			m->calls->context, index, m->client, &err, failure);
	}
	aws_call_release(&slot->call);
	slot->state = SLOT_IDLE;
	return rc;
}

/* Milliseconds until there is something to do besides waiting for answers. */
static long
pause_length(const struct many_calls *m)
{
	int64_t at = now(m), left = PAUSE_MAX;
	size_t i;

	for (i = 0; i < m->width; i++)
		if (m->slots[i].state == SLOT_READY &&
			count_slots(m, SLOT_SENDING) < m->pace &&
			m->slots[i].due - at < left)
			left = m->slots[i].due - at;
	return left > 0 ? (long)left : 0;
}

static bool
is_interrupted(const struct many_calls *m)
{
	const struct http_options *options = http_get_options(m->client->http);

	return options->interrupted && options->interrupted(options->context);
}

static int
make_calls(struct many_calls *m, struct err *err)
{
	size_t slot;

	for (;;) {
		if (is_interrupted(m))
			return err_set(err, ERR_NETWORK, "interrupted");
		if (send_due(m, err) != 0)
			return -1;
		if (count_slots(m, SLOT_IDLE) == m->width)
			return 0;
		if (http_many_next(m->http, pause_length(m), &slot, err) != 0)
			return -1;
		if (slot != SIZE_MAX && finish_attempt(m, slot, err) != 0)
			return -1;
	}
}

static int
init(struct many_calls *m, struct err *err)
{
	size_t i;

	m->slots = calloc(m->width, sizeof(*m->slots));
	if (!m->slots)
		return err_memory(err);
	for (i = 0; i < m->width; i++) {
		http_response_init(&m->slots[i].response);
		buf_init(&m->slots[i].made.lines, 0);
		buf_init(&m->slots[i].made.url, 0);
	}
	if (aws_url_parse(&m->url, m->client->endpoint, err) != 0 ||
		aws_client_prepare(m->client, err) != 0)
		return -1;
	return http_many_open(&m->http, m->client->http, m->width, err);
}

int
send_many(struct aws_client *client, size_t width,
	const struct send_many *calls, struct err *err)
{
	struct many_calls m = {.client = client,
		.calls = calls,
		.width = width,
		.pace = width};
	size_t i;
	int rc;

	client->maybe_applied = false;
	client->status = 0;
	client->date = 0;
	rc = init(&m, err);
	if (rc == 0)
		rc = make_calls(&m, err);
	http_many_close(m.http);
	for (i = 0; m.slots && i < width; i++) {
		if (m.slots[i].state != SLOT_IDLE)
			aws_call_release(&m.slots[i].call);
		signed_request_release(&m.slots[i].made);
		http_response_release(&m.slots[i].response);
	}
	free(m.slots);
	aws_url_release(&m.url);
	return rc;
}
