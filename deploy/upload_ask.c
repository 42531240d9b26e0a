/* Asks the bucket about keys, and compares. */
#include "deploy/upload_ask.h"

#include <stdlib.h>
#include <string.h>

#include "aws/send_many.h"
#include "base/escape.h"
#include "manifest/build_digests.h"

enum {
	PATH_BYTES_MAX = 2 * S3_KEY_MAX + 1, /* prefix and key */
};

/* The items of one round. */
struct upload_round {
	const struct upload_bucket *bucket;
	struct upload_item **items;
	size_t count;

	/* of HeadObject */
	size_t next;
	struct upload_item *slots[UPLOAD_CONNECTIONS];
	struct buf key;
};

static void
decide(struct upload_item *item, enum upload_verdict verdict,
	enum upload_reason reason)
{
	item->verdict = verdict;
	item->reason = reason;
	item->state = UPLOAD_DECIDED;
}

void
upload_ask_init(
	struct upload_item *item, const struct object *object, bool removed)
{
	*item = (struct upload_item){.object = object, .removed = removed};
}

/* ------------------------------------------------------------ comparing */

static void
compare(struct upload_item *item, enum upload_digest digest)
{
	enum upload_reason reason;
	enum upload_verdict verdict = upload_verdict_of(
		item->object, UPLOAD_FOUND, &item->found, digest, &reason);

	item->compared = item->found.version;
	item->digest = digest;
	if (!item->listed || verdict == UPLOAD_NEW)
		decide(item, verdict, reason);
	else
		item->state = UPLOAD_ASK; /* a list says too little */
}

/* The items whose state is UPLOAD_COMPARE, with what they need. */
static struct build_digest *
list_wanted(const struct upload_round *round, size_t *count)
{
	struct build_digest *list = calloc(round->count, sizeof(*list));
	struct upload_item *item;
	size_t i;

	*count = 0;
	for (i = 0; list && i < round->count; i++) {
		item = round->items[i];
		if (item->state != UPLOAD_COMPARE)
			continue;
		list[*count].object = item->object;
		list[*count].kind = item->found.kind;
		list[(*count)++].owner = item;
	}
	return list;
}

static enum upload_digest
outcome_of(const struct build_digest *digest, const struct s3_object *found)
{
	if (!digest->found)
		return UPLOAD_DIGEST_LOST;
	return memcmp(digest->digest, found->digest,
		       checksum_size(digest->kind)) == 0
		       ? UPLOAD_DIGEST_EQUAL
		       : UPLOAD_DIGEST_DIFFERENT;
}

static int
compare_digests(const struct upload_round *round, struct err *err)
{
	const struct upload_bucket *bucket = round->bucket;
	struct build_digest *list;
	struct upload_item *item;
	size_t count, i;
	int rc = 0;

	list = list_wanted(round, &count);
	if (!list)
		return err_memory(err);
	if (bucket->has_bytes)
		rc = build_digests_find(
			bucket->build, bucket->reading, list, count, err);
	for (i = 0; rc == 0 && i < count; i++) {
		item = list[i].owner;
		compare(item, bucket->has_bytes
				      ? outcome_of(&list[i], &item->found)
				      : UPLOAD_DIGEST_NONE);
	}
	free(list);
	return rc;
}

/* ----------------------------------------------------------- HeadObject */

static bool
next_head(void *context, size_t slot, struct aws_call *call)
{
	struct upload_round *round = context;
	struct upload_item *item;

	while (round->next < round->count) {
		item = round->items[round->next++];
		if (item->state != UPLOAD_ASK)
			continue;
		round->slots[slot] = item;
		buf_clear(&round->key);
		buf_addf(&round->key, "%s%s", round->bucket->prefix,
			item->object->key);
		s3_object_head(call, buf_str(&round->key), &item->found);
		return true;
	}
	return false;
}

/* The verdict on an answer, unless a checksum is yet to be computed. */
static void
take_answer(struct upload_item *item, enum upload_answer answer)
{
	enum upload_digest digest = UPLOAD_DIGEST_WANTED;
	enum upload_verdict verdict;
	enum upload_reason reason;

	item->listed = false;
	if (item->removed) {
		decide(item,
			answer == UPLOAD_FOUND    ? UPLOAD_OLD
			: answer == UPLOAD_ABSENT ? UPLOAD_MISSING
						  : UPLOAD_UNKNOWN,
			answer == UPLOAD_REFUSED ? UPLOAD_FORBIDDEN
						 : UPLOAD_REASON_NONE);
		return;
	}
	if (answer == UPLOAD_FOUND && item->compared == item->found.version)
		digest = item->digest; /* the same object as before */
	verdict = upload_verdict_of(
		item->object, answer, &item->found, digest, &reason);
	if (verdict == UPLOAD_UNDECIDED)
		item->state = UPLOAD_COMPARE;
	else
		decide(item, verdict, reason);
}

static int
take_head(void *context, size_t slot, const struct aws_client *client,
	const struct err *err, struct err *failure)
{
	struct upload_round *round = context;
	struct upload_item *item = round->slots[slot];
	struct escaped_name shown;

	if (err->code == ERR_NONE) {
		take_answer(item, UPLOAD_FOUND);
		return 0;
	}
	if (err->code == ERR_SERVICE && client->status == 404) {
		take_answer(item, UPLOAD_ABSENT);
		return 0;
	}
	if (err->code == ERR_SERVICE && client->status == 403) {
		take_answer(item, UPLOAD_REFUSED);
		return 0;
	}
	*failure = *err;
	return err_context(
		failure, "%s", escape_show_str(&shown, item->object->key));
}

static int
ask_heads(struct upload_round *round, struct err *err)
{
	const struct send_many calls = {next_head, take_head, round};
	int rc;

	round->next = 0;
	buf_init(&round->key, PATH_BYTES_MAX);
	rc = send_many(round->bucket->client, UPLOAD_CONNECTIONS, &calls, err);
	buf_release(&round->key);
	return rc;
}

/* --------------------------------------------------------------- a list */

/* Without a Content-Encoding at hand, only a missing key is a verdict. */
static void
take_listed(struct upload_item *item, const struct s3_listed *listed,
	bool has_bytes)
{
	if (!listed || item->removed) {
		take_answer(item, listed ? UPLOAD_FOUND : UPLOAD_ABSENT);
		return;
	}
	if (!has_bytes || !listed->has_md5 ||
		listed->size != item->object->size)
		return;
	item->found = (struct s3_object){
		.size = listed->size,
		.has_checksum = true,
		.kind = CHECKSUM_MD5,
	};
	memcpy(item->found.digest, listed->md5, sizeof(listed->md5));
	item->listed = true;
	item->state = UPLOAD_COMPARE;
}

/* Go through a page and the items side by side, both sorted by key. */
static void
take_page(struct upload_round *round, size_t *at, const struct s3_page *page)
{
	size_t prefix_len = strlen(round->bucket->prefix), i = 0;
	const struct s3_listed *listed;
	struct upload_item *item;
	int order;

	while (*at < round->count && (i < page->count || !page->truncated)) {
		item = round->items[*at];
		listed = i < page->count ? &page->list[i] : NULL;
		if (item->state != UPLOAD_ASK) {
			++*at;
			continue;
		}
		order = listed ? strcmp(item->object->key,
					 listed->key + prefix_len)
			       : -1;
		if (order <= 0) {
			take_listed(item, order == 0 ? listed : NULL,
				round->bucket->has_bytes);
			++*at;
		}
		i += order >= 0;
	}
}

/*
 * Where the next page begins: after the last key that was seen, or shortly before
 * the next item, whichever is later.
 */
static void
find_start(struct buf *after, const struct upload_round *round, size_t at)
{
	const char *key = round->items[at]->object->key;
	size_t len = strlen(key);
	struct buf before;

	while (len > 0 && ((unsigned char)key[--len] & 0xc0) == 0x80)
		;
	buf_init(&before, PATH_BYTES_MAX);
	buf_addstr(&before, round->bucket->prefix);
	buf_add(&before, key, len);
	if (!before.failed && strcmp(buf_str(&before), buf_str(after)) > 0) {
		buf_clear(after);
		buf_append(after, &before);
	}
	buf_release(&before);
}

static int
check_page(const struct upload_round *round, const struct s3_page *page,
	struct err *err)
{
	const char *prefix = round->bucket->prefix;
	size_t i;

	for (i = 0; i < page->count; i++)
		if (strncmp(page->list[i].key, prefix, strlen(prefix)) != 0)
			break;
	if (i == page->count && (page->count > 0 || !page->truncated))
		return 0;
	return err_set(err, ERR_SERVICE,
		"ListObjectsV2: the list has other keys than those that it "
		"was asked for");
}

/* Each page decides on an item or more, so there are no more pages than items. */
static int
ask_list(struct upload_round *round, struct err *err)
{
	const struct upload_bucket *bucket = round->bucket;
	struct s3_page page;
	struct buf after;
	size_t at = 0;
	int rc = 0;

	buf_init(&after, PATH_BYTES_MAX);
	while (rc == 0 && at < round->count) {
		if (round->items[at]->state != UPLOAD_ASK) {
			at++;
			continue;
		}
		find_start(&after, round, at);
		rc = s3_object_list(bucket->client, bucket->prefix,
			buf_str(&after), S3_PAGE_MAX, &page, err);
		if (rc == 0)
			rc = check_page(round, &page, err);
		if (rc == 0) {
			take_page(round, &at, &page);
			buf_clear(&after);
			if (page.count > 0)
				buf_addstr(
					&after, page.list[page.count - 1].key);
		}
		s3_page_release(&page);
	}
	buf_release(&after);
	return rc;
}

int
upload_ask(const struct upload_bucket *bucket, struct upload_item **items,
	size_t count, struct err *err)
{
	struct upload_round round = {
		.bucket = bucket, .items = items, .count = count};
	struct upload_item *item;
	size_t i;

	for (i = 0; i < count; i++) {
		item = items[i];
		item->state = UPLOAD_ASK;
		if (upload_verdict_is_key(item->object->key))
			continue;
		decide(item, item->removed ? UPLOAD_MISSING : UPLOAD_UNKNOWN,
			item->removed ? UPLOAD_REASON_NONE : UPLOAD_NO_KEY);
	}
	if (count > UPLOAD_LIST_FROM && bucket->can_list &&
		(ask_list(&round, err) != 0 ||
			compare_digests(&round, err) != 0))
		return -1;
	return ask_heads(&round, err) == 0 ? compare_digests(&round, err) : -1;
}
