/* Asks S3 what it knows of objects. */
#include "aws/s3_object.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "aws/send.h"
#include "aws/xml_reader.h"
#include "base/hex.h"
#include "base/percent.h"

enum {
	VALUE_SIZE = 256, /* of a header that is looked at, with its NUL */
};

/* Decode exactly `size` bytes; false for anything else. */
static bool
decode_base64(unsigned char *out, size_t size, const char *text)
{
	unsigned char room[CHECKSUM_SIZE_MAX + 4];
	size_t len = strlen(text), padding = (3 - size % 3) % 3;
	int got;

	if (len != (size + 2) / 3 * 4 || len > sizeof(room) / 3 * 4)
		return false;
	got = EVP_DecodeBlock(room, (const unsigned char *)text, (int)len);
	if (got < 0 || (size_t)got != size + padding)
		return false;
	memcpy(out, room, size);
	return true;
}

/* "COMPOSITE", or a value like "AbC=-3", is made of three parts' checksums. */
static bool
is_composite(const struct http_response *response, const char *value)
{
	char type[VALUE_SIZE];

	if (http_response_header(
		    response, "x-amz-checksum-type", type, sizeof(type)))
		return strcasecmp(type, "FULL_OBJECT") != 0;
	return strchr(value, '-') != NULL;
}

/* Read one checksum of the whole object. */
static bool
read_checksum(struct s3_object *object, const struct http_response *response,
	const char *header, unsigned char *out, size_t size)
{
	char value[VALUE_SIZE];

	if (!http_response_header(response, header, value, sizeof(value)))
		return false;
	if (is_composite(response, value)) {
		object->composite = true;
		return false;
	}
	return decode_base64(out, size, value);
}

static bool
read_md5(unsigned char md5[16], const char *etag)
{
	return strlen(etag) == 32 && hex_decode(md5, etag, 16) == 0;
}

static bool
has_word(const struct http_response *response, const char *header,
	const char *word)
{
	char value[VALUE_SIZE];

	return http_response_header(response, header, value, sizeof(value)) &&
	       strncasecmp(value, word, strlen(word)) == 0;
}

/* The better ones first: of two that are equal by all means, the faster. */
static void
choose_checksum(struct s3_object *object, const struct http_response *response,
	const char *etag)
{
	static const struct {
		enum checksum_kind kind;
		const char *header; /* NULL: the ETag */
	} rows[] = {
		{CHECKSUM_SHA256, "x-amz-checksum-sha256"},
		{CHECKSUM_SHA1, "x-amz-checksum-sha1"},
		{CHECKSUM_CRC64NVME, "x-amz-checksum-crc64nvme"},
		{CHECKSUM_MD5, NULL},
		{CHECKSUM_CRC32C, "x-amz-checksum-crc32c"},
		{CHECKSUM_CRC32, "x-amz-checksum-crc32"},
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		object->kind = rows[i].kind;
		object->has_checksum =
			rows[i].header ? read_checksum(object, response,
						 rows[i].header, object->digest,
						 checksum_size(rows[i].kind))
				       : !object->encrypted &&
						 read_md5(object->digest, etag);
		if (object->has_checksum)
			return;
	}
}

/* FNV-1a: equal ETags are the same object, other ones need not be told apart. */
static uint64_t
hash_text(const char *text)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3;
	return hash;
}

/*
 * Was the head cut off? libcurl takes the end of the connection for the end of a
 * head that needs no body, and what is missing may be the Content-Encoding.
 */
static bool
is_cut(const struct http_response *response)
{
	const char *head = buf_str(&response->head);
	size_t len = response->head.len;

	return len < 3 || (strcmp(head + len - 3, "\n\r\n") != 0 &&
				  strcmp(head + len - 2, "\n\n") != 0);
}

static int
read_head(void *into, struct http_response *response, struct err *err)
{
	struct s3_object *object = into;
	char etag[S3_ETAG_MAX + 1], length[VALUE_SIZE], encoding[VALUE_SIZE];

	*object = (struct s3_object){.size = 0};
	if (is_cut(response))
		return err_set(err, ERR_SERVICE, "the head was cut off");
	if (response->status != 200 ||
		!http_response_header(
			response, "Content-Length", length, sizeof(length)) ||
		strspn(length, "0123456789") != strlen(length) ||
		strlen(length) < 1 || strlen(length) > 18)
		return err_set(err, ERR_SERVICE,
			"not what a HEAD of an object is answered with");
	object->size = strtoull(length, NULL, 10);
	s3_read_etag(etag, response);
	object->version = hash_text(etag);
	object->encrypted =
		has_word(response, "x-amz-server-side-encryption", "aws:kms") ||
		has_word(response,
			"x-amz-server-side-encryption-customer-"
			"algorithm",
			"");
	/* aws-chunked is how it was sent, not what is stored */
	if (http_response_header(
		    response, "Content-Encoding", encoding, sizeof(encoding)))
		object->encoded = encoding[0] &&
				  strcasecmp(encoding, "identity") != 0 &&
				  strcasecmp(encoding, "aws-chunked") != 0;
	object->has_xxhash128 =
		read_checksum(object, response, "x-amz-checksum-xxhash128",
			object->xxhash128, S3_XXHASH128_SIZE);
	if (!object->has_xxhash128)
		choose_checksum(object, response, etag);
	return 0;
}

void
s3_object_head(struct aws_call *call, const char *key, struct s3_object *object)
{
	static const char *const headers[] = {"x-amz-checksum-mode: ENABLED"};

	aws_call_init(call, "HeadObject");
	call->service_name = "S3";
	call->method = "HEAD";
	call->headers = headers;
	call->header_count = 1;
	call->read = read_head;
	call->into = object;
	buf_addch(&call->path, '/');
	percent_encode_str(&call->path, key, "/");
}

/* ---------------------------------------------------------------- a list */

/* S3 encodes a space as +, and + itself as %2B. */
static const char *
decode_key(struct strict_reader *reader, const char *text)
{
	char *key = strict_reader_alloc(reader, strlen(text) + 1), *at;

	if (!key)
		return "";
	memcpy(key, text, strlen(text));
	for (at = strchr(key, '+'); at; at = strchr(at, '+'))
		*at = ' ';
	key[percent_decode(key, strlen(key))] = '\0';
	return key;
}

static void
read_listed(struct s3_listed *out, struct strict_reader *reader,
	const xmlNode *node, bool encoded)
{
	const char *key = xml_reader_need(reader, node, "Key");
	const char *etag = xml_reader_text(reader, node, "ETag");
	char digits[33] = "";

	out->key = encoded ? decode_key(reader, key) : key;
	out->size = (uint64_t)xml_reader_number(reader, node, "Size", 0);
	if (*etag == '"')
		etag++;
	if (strcspn(etag, "\"") == 32)
		memcpy(digits, etag, 32);
	out->has_md5 = read_md5(out->md5, digits);
}

static void
read_contents(
	struct s3_page *page, struct strict_reader *reader, const xmlNode *root)
{
	const char *type = xml_reader_text(reader, root, "EncodingType");
	const xmlNode *first = xml_element_child(root, "Contents"), *at;
	size_t i;

	if (!xml_element_is(root, "ListBucketResult"))
		strict_reader_fail(reader, "expected a <ListBucketResult>");
	for (at = first; at; at = xml_reader_next(at))
		page->count++;
	if (page->count > S3_PAGE_MAX)
		strict_reader_fail(
			reader, "a page has more than %d keys", S3_PAGE_MAX);
	page->list =
		strict_reader_alloc(reader, page->count * sizeof(*page->list));
	if (!page->list)
		page->count = 0;
	for (at = first, i = 0; i < page->count; i++) {
		read_listed(
			&page->list[i], reader, at, strcmp(type, "url") == 0);
		at = xml_reader_next(at);
		if (i > 0 &&
			strcmp(page->list[i - 1].key, page->list[i].key) >= 0)
			strict_reader_fail(
				reader, "the keys of a page are not sorted");
	}
	page->truncated = xml_reader_bool(reader, root, "IsTruncated", false);
}

static int
read_page(void *into, struct http_response *response, struct err *err)
{
	struct s3_page *page = into;
	struct strict_reader reader;
	xmlDoc *doc = xml_document_parse(
		buf_str(&response->body), response->body.len, err);

	page->count = 0;
	if (!doc)
		return -1;
	strict_reader_init(&reader, &page->texts, ERR_SERVICE);
	read_contents(page, &reader, xmlDocGetRootElement(doc));
	xmlFreeDoc(doc);
	return strict_reader_finish(&reader, err);
}

int
s3_object_list(struct aws_client *client, const char *prefix, const char *after,
	unsigned max, struct s3_page *page, struct err *err)
{
	struct aws_call call;
	int rc;

	*page = (struct s3_page){.list = NULL};
	arena_init(&page->texts);
	aws_call_init(&call, "ListObjectsV2");
	call.service_name = "S3";
	call.read = read_page;
	call.into = page;
	call.response_max = S3_PAGE_BYTES_MAX;
	buf_addch(&call.path, '/');
	buf_addf(&call.query, "encoding-type=url&list-type=2&max-keys=%u", max);
	buf_addstr(&call.query, "&prefix=");
	percent_encode_str(&call.query, prefix, "");
	if (*after) {
		buf_addstr(&call.query, "&start-after=");
		percent_encode_str(&call.query, after, "");
	}
	rc = aws_send(client, &call, err);
	aws_call_release(&call);
	return rc;
}

void
s3_page_release(struct s3_page *page)
{
	arena_release(&page->texts);
	*page = (struct s3_page){.list = NULL};
	arena_init(&page->texts);
}
