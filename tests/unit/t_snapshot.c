/* Snapshots: read back as they were written, and anything else refused. */
#include <cjson/cJSON.h>

#include "edge/snapshot.h"
#include "edge/snapshot_read.h"
#include "tests/unit/fixture.h"

/* One of everything that a snapshot has. */
static const char body[] =
	"<Distribution><Id>E1</Id><Status>Deployed</Status>"
	"<LastModifiedTime>2026-01-02T03:04:05Z</LastModifiedTime>"
	"<DomainName>d1.cloudfront.net</DomainName><DistributionConfig>"
	"<Aliases><Quantity>1</Quantity><Items>"
	"<CNAME>www.example.com</CNAME></Items></Aliases>"
	"<DefaultRootObject>index.html</DefaultRootObject><Origins>"
	"<Quantity>1</Quantity><Items><Origin><Id>o</Id>"
	"<DomainName>b.s3.amazonaws.com</DomainName>"
	"<OriginPath>/p</OriginPath><CustomHeaders><Quantity>1</Quantity>"
	"<Items><OriginCustomHeader><HeaderName>X</HeaderName>"
	"<HeaderValue>hidden</HeaderValue></OriginCustomHeader></Items>"
	"</CustomHeaders><S3OriginConfig/></Origin></Items></Origins>"
	"<OriginGroups><Quantity>1</Quantity><Items><OriginGroup>"
	"<Id>g</Id><Members><Quantity>1</Quantity><Items>"
	"<OriginGroupMember><OriginId>o</OriginId></OriginGroupMember>"
	"</Items></Members></OriginGroup></Items></OriginGroups>"
	"<DefaultCacheBehavior><TargetOriginId>g</TargetOriginId>"
	"<CachePolicyId>policy-1</CachePolicyId></DefaultCacheBehavior>"
	"<CacheBehaviors><Quantity>1</Quantity><Items><CacheBehavior>"
	"<PathPattern>/a/*</PathPattern>"
	"<TargetOriginId>o</TargetOriginId><MinTTL>0</MinTTL>"
	"<FunctionAssociations><Quantity>1</Quantity><Items>"
	"<FunctionAssociation><FunctionARN>f</FunctionARN>"
	"<EventType>viewer-request</EventType></FunctionAssociation>"
	"</Items></FunctionAssociations></CacheBehavior></Items>"
	"</CacheBehaviors><CustomErrorResponses><Quantity>1</Quantity>"
	"<Items><CustomErrorResponse><ErrorCode>404</ErrorCode>"
	"<ResponsePagePath>/404.html</ResponsePagePath>"
	"<ErrorCachingMinTTL>0</ErrorCachingMinTTL></CustomErrorResponse>"
	"</Items></CustomErrorResponses>"
	"<ContinuousDeploymentPolicyId>c</ContinuousDeploymentPolicyId>"
	"</DistributionConfig></Distribution>";

static const char *staging[] = {"d2.cloudfront.net"};

static void
make_reading(struct reading *reading)
{
	struct err err = ERR_INIT;

	reading_init(reading);
	assert_int_equal(distribution_read(&reading->distribution,
				 &reading->texts, body, strlen(body), &err),
		0);
	reading->distribution.etag = "ETAG";
	assert_int_equal(reading_list_policies(reading, &err), 0);
	assert_int_equal(reading->policy_count, 1);
	reading->continuous_state = CONTINUOUS_READ;
	reading->continuous = (struct continuous_deployment){.id = "c",
		.etag = "ETAG2",
		.last_modified = "2026-01-02T03:04:05Z",
		.enabled = true,
		.staging = staging,
		.staging_count = 1};
}

static void
write_reading(struct buf *out, const struct reading *reading)
{
	struct err err = ERR_INIT;

	buf_init(out, SNAPSHOT_MAX);
	assert_int_equal(snapshot_write(out, reading, &err), 0);
}

static void
test_round_trip(void **state)
{
	char first_digest[SHA256_HEX_SIZE], second_digest[SHA256_HEX_SIZE];
	struct reading reading, read;
	struct err err = ERR_INIT;
	struct buf first, second;

	(void)state;
	make_reading(&reading);
	write_reading(&first, &reading);
	assert_null(strstr(buf_str(&first), "hidden"));
	assert_int_equal(
		snapshot_read(&read, buf_str(&first), first.len, &err), 0);
	write_reading(&second, &read);
	assert_string_equal(buf_str(&first), buf_str(&second));
	assert_int_equal(reading_digest(&reading, first_digest, &err), 0);
	assert_int_equal(reading_digest(&read, second_digest, &err), 0);
	assert_string_equal(first_digest, second_digest);
	reading_release(&reading);
	reading_release(&read);
	buf_release(&first);
	buf_release(&second);
}

static void
assert_refused(const char *text)
{
	struct err err = ERR_INIT;
	struct reading read;

	if (snapshot_read(&read, text, strlen(text), &err) == 0)
		fail_msg("accepted: %s", text);
	assert_int_equal(err.code, ERR_INPUT);
	reading_release(&read);
}

static void
assert_tree_refused(const cJSON *root)
{
	char *text = cJSON_PrintUnformatted(root);

	assert_non_null(text);
	assert_refused(text);
	cJSON_free(text);
}

/* The value with this number, in the order of the text; counts down. */
static cJSON *
find_value(cJSON *at, cJSON **parent, size_t *number)
{
	cJSON *child, *found;

	for (child = at->child; child; child = child->next) {
		*parent = at;
		if ((*number)-- == 0)
			return child;
		found = find_value(child, parent, number);
		if (found)
			return found;
	}
	return NULL;
}

enum change {
	CHANGE_MISSING, /* a member is taken away */
	CHANGE_MORE, /* an object has one more */
	CHANGE_TYPE, /* a value becomes true, or a number */
	CHANGE_COUNT,
};

/* Returns false if there is no value with this number. */
static bool
try_change(const char *text, size_t number, enum change change)
{
	cJSON *root = cJSON_Parse(text), *parent = NULL, *at;
	bool done = false;

	assert_non_null(root);
	at = find_value(root, &parent, &number);
	if (at && change == CHANGE_MISSING && cJSON_IsObject(parent)) {
		cJSON_Delete(cJSON_DetachItemViaPointer(parent, at));
		done = true;
	} else if (at && change == CHANGE_MORE && cJSON_IsObject(at)) {
		cJSON_AddTrueToObject(at, "more");
		done = true;
	} else if (at && change == CHANGE_TYPE) {
		cJSON *other = cJSON_IsBool(at) ? cJSON_CreateNumber(7)
						: cJSON_CreateTrue();

		if (cJSON_IsObject(parent))
			cJSON_ReplaceItemInObjectCaseSensitive(
				parent, at->string, other);
		else
			cJSON_ReplaceItemViaPointer(parent, at, other);
		done = true;
	}
	if (done)
		assert_tree_refused(root);
	cJSON_Delete(root);
	return at != NULL;
}

static void
test_strict(void **state)
{
	struct reading reading;
	struct buf text;
	size_t number = 0;
	int change;

	(void)state;
	make_reading(&reading);
	write_reading(&text, &reading);
	for (change = 0; change < CHANGE_COUNT; change++)
		for (number = 0; try_change(
			     buf_str(&text), number, (enum change)change);)
			number++;
	assert_true(number > 50);
	reading_release(&reading);
	buf_release(&text);
}

static void
replace(struct buf *out, const char *text, const char *old, const char *new)
{
	const char *at = strstr(text, old);

	assert_non_null(at);
	buf_clear(out);
	buf_add(out, text, (size_t)(at - text));
	buf_addstr(out, new);
	buf_addstr(out, at + strlen(old));
}

static void
test_refused(void **state)
{
	static const struct {
		const char *old, *new;
	} rows[] = {
		{"\"format\": 1", "\"format\": 2"},
		{"\"s3\"", "\"ftp\""},
		{"\"viewer-request\"", "\"\""},
		{"\"E1\"", "\"E\\u0000\""},
		{"404,", "404.5,"},
		{"404,", "-404,"},
		{"404,", "1e300,"},
		{"\"path_pattern\": \"/a/*\"", "\"path_pattern\": null"},
		{"\"path_pattern\": null", "\"path_pattern\": \"/b\""},
		{"\"policy-1\"", "\"policy-2\""},
		{"{", "[{"},
		{"\"read\"", "\"none\""},
	};
	struct reading reading;
	struct buf text, changed;
	size_t i;

	(void)state;
	make_reading(&reading);
	write_reading(&text, &reading);
	buf_init(&changed, SNAPSHOT_MAX);
	for (i = 0; i < COUNT(rows); i++) {
		replace(&changed, buf_str(&text), rows[i].old, rows[i].new);
		assert_refused(buf_str(&changed));
	}
	buf_clear(&changed);
	buf_addf(&changed, "%s{}", buf_str(&text));
	assert_refused(buf_str(&changed));
	buf_cut(&changed, text.len / 2);
	assert_refused(buf_str(&changed));
	assert_refused("");
	assert_refused("[]");
	assert_refused("null");
	reading_release(&reading);
	buf_release(&text);
	buf_release(&changed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_strict),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests_name("snapshot", tests, NULL, NULL);
}
