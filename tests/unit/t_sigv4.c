/* Signatures: known answers of AWS, and what must not be signed. */
#include "aws/sigv4.h"
#include "tests/unit/fixture.h"

#define PREFIX                                                             \
	"X-Amz-Date: 20150830T123600Z\0Authorization: AWS4-HMAC-SHA256 "   \
	"Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, " \
	"SignedHeaders="

enum { VANILLA_TIME = 1440938160 };

static struct credentials keys = {
	.access_key = (char *)"AKIDEXAMPLE",
	.secret_key = (char *)"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

static struct sigv4_request
vanilla(void)
{
	return (struct sigv4_request){.method = "GET",
		.host = "example.amazonaws.com",
		.path = "/",
		.query = "",
		.region = "us-east-1",
		.service = "service"};
}

static void
expect(const struct sigv4_request *request, const char *signature)
{
	struct err err = ERR_INIT;
	struct buf out;
	const char *last;

	buf_init(&out, 65536);
	assert_int_equal(
		sigv4_sign(&out, request, &keys, VANILLA_TIME, &err), 0);
	assert_true(out.len > 65);
	last = out.data + out.len - 65;
	assert_string_equal(last, signature);
	buf_wipe(&out);
}

static void
test_known_answers(void **state)
{
	struct sigv4_request r = vanilla();
	const char *const trim[] = {
		"My-Header1: value1", "My-Header2: \"a   b   c\""};

	(void)state;
	expect(&r, "5fa00fa31553b73ebf1942676e86291e"
		   "8372ff2a2260956d9b8aae1d763fbf31");
	r.path = "/a/.././/";
	expect(&r, "5fa00fa31553b73ebf1942676e86291e"
		   "8372ff2a2260956d9b8aae1d763fbf31");
	r = vanilla();
	r.query = "Param2=value2&Param1=value1";
	expect(&r, "b97d918cfa904a5beff61c982a1b6f45"
		   "8b799221646efd99d3219ec94cdf2500");
	r = vanilla();
	r.method = "POST";
	expect(&r, "5da7c1a2acd57cee7505fc6676e4e544"
		   "621c30862966e37dddb68e92efbe5d6b");
	r = vanilla();
	r.headers = trim;
	r.header_count = 2;
	expect(&r, "acc3ed3afb60bb290fc8d2dd0098b991"
		   "1fcaa05412b367055dee359757a9c736");
}

static void
test_headers_made(void **state)
{
	struct sigv4_request r = vanilla();
	struct err err = ERR_INIT;
	struct buf out;

	(void)state;
	buf_init(&out, 65536);
	assert_int_equal(sigv4_sign(&out, &r, &keys, VANILLA_TIME, &err), 0);
	assert_true(out.len > sizeof(PREFIX));
	assert_memory_equal(out.data, PREFIX, sizeof(PREFIX) - 1);
	buf_wipe(&out);
}

static void
test_no_line_breaks(void **state)
{
	struct sigv4_request r = vanilla();
	struct credentials bad = keys;
	struct err err = ERR_INIT;
	struct buf out;

	(void)state;
	buf_init(&out, 65536);
	bad.session_token = (char *)"token\r\nX: secret";
	assert_int_equal(sigv4_sign(&out, &r, &bad, VANILLA_TIME, &err), -1);
	assert_null(strstr(err.message, "secret"));
	r.region = "us\n";
	assert_int_equal(sigv4_sign(&out, &r, &keys, VANILLA_TIME, &err), -1);
	r = vanilla();
	assert_int_equal(sigv4_sign(&out, &r, &keys, -1, &err), -1);
	assert_int_equal(sigv4_sign(&out, &r, &keys, 253402300800, &err), -1);
	assert_int_equal(out.len, 0);
	buf_wipe(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_answers),
		cmocka_unit_test(test_headers_made),
		cmocka_unit_test(test_no_line_breaks),
	};

	return cmocka_run_group_tests_name("sigv4", tests, NULL, NULL);
}
