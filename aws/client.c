/* Keeps a client's clock and credentials current. */
#include "aws/client.h"

enum {
	EXPIRY_MARGIN = 5 * 60, /* seconds; longer than a call with retries */
};

int64_t
aws_client_now(const struct aws_client *client)
{
	return client->system->now(client->system->context) +
	       client->clock_offset;
}

bool
aws_client_correct_clock(struct aws_client *client)
{
	if (client->date == 0)
		return false;
	client->clock_offset =
		client->date - client->system->now(client->system->context);
	return true;
}

int
aws_client_prepare(struct aws_client *client, struct err *err)
{
	if (!client->load || client->credentials->access_key)
		return 0;
	return client->load(client->load_context, err) < 0 ? -1 : 0;
}

bool
aws_client_hurry(struct aws_client *client, long seconds)
{
	if (client->load_at_hand && !client->load_at_hand(client->load_context))
		return false;
	client->load = NULL;
	client->max_attempts = 1;
	client->time_max = seconds;
	return true;
}

bool
aws_client_expires_soon(const struct aws_client *client)
{
	int64_t expiry = client->credentials->expiry;

	return expiry != 0 && expiry - aws_client_now(client) <= EXPIRY_MARGIN;
}
