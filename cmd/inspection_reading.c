/* Reads a distribution from CloudFront, or from a file. */
#include "cmd/inspection_reading.h"

#include <string.h>

#include "aws/cloudfront_configuration.h"
#include "base/escape.h"
#include "base/file.h"
#include "cmd/console/log.h"
#include "cmd/settings.h"
#include "edge/fetch.h"
#include "edge/snapshot.h"
#include "edge/snapshot_read.h"

enum {
	CALL_SECONDS = 10, /* for each attempt of a call */
	CALL_ATTEMPTS = 2,
};

static void
note(void *context, const char *text)
{
	(void)context;
	log_info("note: %s", text);
}

/* Say that the distribution could not be read, and why. */
static void
say_unread(const struct inspection_reading *source, const char *code,
	const struct err *why)
{
	if (source->batch_follows &&
		(strcmp(code, "NoSuchDistribution") == 0 ||
			strcmp(code, "credentials") == 0)) {
		log_debug("the distribution was not read: %s", why->message);
	} else if (strcmp(code, "AccessDenied") == 0) {
		log_info("note: the distribution was not read, and the options "
			 "alone say how it caches: cloudfront:GetDistribution "
			 "is not allowed (--inspect off does not try)");
		log_debug("%s", why->message);
	} else {
		log_warning("warning: the distribution was not read, and the "
			    "options alone say how it caches: %s",
			why->message);
	}
}

/* Without an answer, one thing is an error; `code` is CloudFront's, or why. */
static int
cannot_read(const struct inspection_reading *source, const char *code,
	const struct err *why, struct err *err)
{
	const struct string_list *expected = &source->settings->expect_alias;
	struct escaped_name shown;

	if (expected->count > 0)
		return err_set(err, ERR_INPUT,
			"--expect-alias %s cannot be checked, and nothing was "
			"sent: %s",
			escape_show_str(&shown, expected->items[0]),
			why->message);
	say_unread(source, code, why);
	return 0;
}

/* Whoever asks for credentials next gets the same answer, without delay. */
static int
fail_again(void *context, struct err *err)
{
	const struct inspection_reading *source = context;

	*err = source->no_credentials;
	return -1;
}

int
inspection_reading_ask(struct inspection_reading *source, struct err *err)
{
	struct cloudfront hurried;
	struct err why = ERR_INIT;

	source->was_asked = true;
	/* what a batch cannot be sent without either, so that says it */
	if (aws_client_prepare(&source->cloudfront->client, &why) != 0) {
		source->no_credentials = why;
		source->cloudfront->client.load = fail_again;
		source->cloudfront->client.load_at_hand = NULL;
		source->cloudfront->client.load_context = source;
		return cannot_read(source, "credentials", &why, err);
	}
	hurried = *source->cloudfront;
	if (!aws_client_hurry(&hurried.client, CALL_SECONDS))
		return 0;
	hurried.client.max_attempts = CALL_ATTEMPTS;
	if (fetch_reading(&source->reading, &hurried, source->distribution,
		    note, NULL, &why) == 0) {
		source->was_read = true;
		return 0;
	}
	if (why.code == ERR_MEMORY)
		return err_memory(err);
	return cannot_read(source, hurried.client.error.code, &why, err);
}

bool
inspection_reading_peek(const struct inspection_reading *source, const char *id,
	struct distribution *out, struct arena *texts)
{
	struct cloudfront hurried = *source->cloudfront;
	struct err why = ERR_INIT;

	if (!aws_client_hurry(&hurried.client, CALL_SECONDS) ||
		cloudfront_get_distribution(&hurried, id, out, texts, &why) ==
			0)
		return why.code == ERR_NONE;
	log_debug("distribution %s was not read: %s", id, why.message);
	return false;
}

int
inspection_reading_load(struct inspection_reading *source, struct err *err)
{
	const char *path = source->settings->inspect;
	const char *id;
	struct escaped_name shown;
	struct buf text;
	int rc;

	buf_init(&text, SNAPSHOT_MAX);
	rc = file_read(path, &text, err);
	if (rc == 0)
		rc = snapshot_read(
			&source->reading, buf_str(&text), text.len, err);
	buf_release(&text);
	if (rc != 0)
		return err_context(
			err, "--inspect %s", escape_show_str(&shown, path));
	id = source->reading.distribution.id;
	if (source->distribution && strcmp(id, source->distribution) != 0)
		return err_set(err, ERR_INPUT,
			"--inspect %s: it is about distribution %s, not %s",
			escape_show_str(&shown, path), id,
			source->distribution);
	source->was_read = true;
	return 0;
}
