/* XML: written once, read back, and hostile answers refused. */
#include "aws/http_request.h"
#include "aws/invalidation.h"
#include "aws/service_error.h"
#include "aws/xml_document.h"
#include "tests/unit/fixture.h"

static void
test_batch(void **state)
{
	static const char *const items[] = {"/a&b", "/<c>\r\n", "/*"};
	struct err err = ERR_INIT;
	struct invalidation read;
	struct buf out;
	size_t i;

	(void)state;
	buf_init(&out, 65536);
	invalidation_batch_write(&out, "ref", items, 3);
	assert_string_equal(buf_str(&out),
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<InvalidationBatch xmlns=\"http://cloudfront.amazonaws.com/"
		"doc/2020-05-31/\"><Paths><Quantity>3</Quantity><Items>"
		"<Path>/a&amp;b</Path><Path>/&lt;c&gt;&#13;\n</Path>"
		"<Path>/*</Path></Items></Paths><CallerReference>ref"
		"</CallerReference></InvalidationBatch>");
	assert_int_equal(
		invalidation_batch_read(&read, out.data, out.len, &err), 0);
	assert_string_equal(read.caller_reference, "ref");
	assert_int_equal(read.item_count, 3);
	for (i = 0; i < 3; i++)
		assert_string_equal(read.items[i], items[i]);
	invalidation_release(&read);
	buf_release(&out);
}

static void
test_refused(void **state)
{
	static const char *const bodies[] = {"", "<", "<html/>",
		"<Invalidation><Status>x</Status></Invalidation>",
		"<!DOCTYPE a [<!ENTITY b \"c\">]><Invalidation><Id>&b;</Id>"
		"</Invalidation>",
		"<Invalidation><Id>I</Id>",
		"<Invalidation><Id>\xff</Id>"
		"</Invalidation>"};
	struct invalidation read;
	struct err err;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bodies); i++) {
		err = (struct err)ERR_INIT;
		assert_int_equal(invalidation_read(&read, bodies[i],
					 strlen(bodies[i]), &err),
			-1);
		assert_int_equal(err.code, ERR_SERVICE);
		assert_null(strchr(err.message, '\n'));
		invalidation_release(&read);
	}
	assert_int_equal(invalidation_read(&read, "<\0a/>", 5, &err), -1);
	invalidation_release(&read);
}

static void
test_list(void **state)
{
	static const char body[] =
		"<x:InvalidationList xmlns:x=\"urn:x\"><x:IsTruncated>true"
		"</x:IsTruncated><x:NextMarker>M</x:NextMarker><x:Items>"
		"<x:InvalidationSummary><x:Id>I</x:Id><x:Status>Completed"
		"</x:Status><x:CreateTime>T</x:CreateTime>"
		"</x:InvalidationSummary></x:Items>"
		"</x:InvalidationList>";
	struct invalidation_list list;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(
		invalidation_list_read(&list, body, strlen(body), &err), 0);
	assert_true(list.truncated);
	assert_string_equal(list.next_marker, "M");
	assert_int_equal(list.count, 1);
	assert_string_equal(list.list[0].id, "I");
	invalidation_list_release(&list);
}

static void
test_errors(void **state)
{
	static const char full[] =
		"<ErrorResponse xmlns=\"urn:x\"><Error><Code>AccessDenied"
		"</Code><Message>\nno\nway</Message></Error><RequestId>r"
		"</RequestId></ErrorResponse>";
	struct service_error e;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(
		service_error_read(&e, 403, full, strlen(full), &err), 0);
	assert_string_equal(e.code, "AccessDenied");
	assert_string_equal(e.message, "no\\x0away");
	assert_string_equal(e.request_id, "r");
	assert_int_equal(service_error_read(&e, 502, "\xff\xfe", 2, &err), 0);
	assert_string_equal(e.code, "502");
	assert_string_equal(e.message, "Bad Gateway");
}

/* A document of `count` pieces between a beginning and an end. */
static const char *
parse_pieces(
	const char *begin, const char *piece, size_t count, const char *finish)
{
	static struct err err;
	struct buf text;
	xmlDoc *doc;
	size_t i;

	err = (struct err)ERR_INIT;
	buf_init(&text, HTTP_RESPONSE_MAX);
	buf_addstr(&text, begin);
	for (i = 0; i < count; i++)
		buf_addf(&text, piece, i);
	buf_addstr(&text, finish);
	doc = xml_document_parse(text.data, text.len, &err);
	assert_int_equal(doc == NULL, err.code != ERR_NONE);
	xmlFreeDoc(doc);
	buf_release(&text);
	return err.message;
}

static void
test_limits(void **state)
{
	static const char tags[] = "the XML has more than 200000 tags",
			  attributes[] = "the XML has a tag with more than 32 "
					 "attributes";

	(void)state;
	assert_string_equal(
		parse_pieces("<a>", "<b/>", XML_TAGS_MAX - 2, "</a>"), "");
	assert_string_equal(
		parse_pieces("<a>", "<b/>", XML_TAGS_MAX - 1, "</a>"), tags);
	assert_string_equal(
		parse_pieces("<a>", "<!-->\"-->", XML_TAGS_MAX, "</a>"), tags);
	assert_string_equal(
		parse_pieces("<a", " a%zu='>'", XML_ATTRIBUTES_MAX, "/>"), "");
	assert_string_equal(
		parse_pieces("<a", " a%zu='>'", XML_ATTRIBUTES_MAX + 1, "/>"),
		attributes);
	assert_string_equal(
		parse_pieces("<a", " xmlns:a%zu=\"x\"", 300000, "/>"),
		attributes);
	/* quotes elsewhere are no attributes */
	assert_string_equal(parse_pieces("<a><!--", " \"'", 1000,
				    "--><?p '?><![CDATA[<'\">]]></a>"),
		"");
	assert_string_equal(parse_pieces("<a>", " \"'", 1000, "</a>"), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_batch),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_errors),
	};

	return cmocka_run_group_tests_name("invalidation", tests, NULL, NULL);
}
