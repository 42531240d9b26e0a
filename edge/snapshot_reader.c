/* Reads members of JSON objects strictly. */
#include "edge/snapshot_reader.h"

#include <string.h>

#include "aws/xml_reader.h"

static const double number_max = 1e15; /* whole numbers are exact up to 2^53 */

void
snapshot_reader_members(
	struct strict_reader *reader, const cJSON *object, int count)
{
	if (!cJSON_IsObject(object))
		strict_reader_fail(reader, "expected an object");
	else if (cJSON_GetArraySize(object) != count)
		strict_reader_fail(reader,
			"expected an object with %d members, found one with %d",
			count, cJSON_GetArraySize(object));
}

/* The member of that name; NULL after a failure. */
static const cJSON *
find(struct strict_reader *reader, const cJSON *object, const char *name)
{
	const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, name);

	if (!member)
		strict_reader_fail(reader, "\"%s\" is missing", name);
	return reader->err.code == ERR_NONE ? member : NULL;
}

static const char *
copy_text(struct strict_reader *reader, const cJSON *value, const char *name)
{
	const char *text;

	if (!cJSON_IsString(value) ||
		strlen(value->valuestring) > XML_TEXT_MAX) {
		strict_reader_fail(reader,
			"\"%s\" is not a string of at most %d bytes", name,
			XML_TEXT_MAX);
		return "";
	}
	text = arena_copy(
		reader->texts, value->valuestring, strlen(value->valuestring));
	if (text)
		return text;
	(void)err_memory(&reader->err);
	return "";
}

const char *
snapshot_reader_text(struct strict_reader *reader, const cJSON *object,
	const char *name, bool filled)
{
	const cJSON *member = find(reader, object, name);
	const char *text = member ? copy_text(reader, member, name) : "";

	if (filled && !text[0])
		strict_reader_fail(reader, "\"%s\" is empty", name);
	return text;
}

bool
snapshot_reader_bool(
	struct strict_reader *reader, const cJSON *object, const char *name)
{
	const cJSON *member = find(reader, object, name);

	if (member && !cJSON_IsBool(member))
		strict_reader_fail(
			reader, "\"%s\" is neither true nor false", name);
	return cJSON_IsTrue(member);
}

int64_t
snapshot_reader_number(
	struct strict_reader *reader, const cJSON *object, const char *name)
{
	const cJSON *member = find(reader, object, name);

	if (!member || cJSON_IsNull(member))
		return -1;
	if (cJSON_IsNumber(member) && member->valuedouble >= 0 &&
		member->valuedouble <= number_max &&
		(double)(int64_t)member->valuedouble == member->valuedouble)
		return (int64_t)member->valuedouble;
	strict_reader_fail(reader, "\"%s\" is not a whole number", name);
	return -1;
}

int
snapshot_reader_word(struct strict_reader *reader, const cJSON *object,
	const char *name, const char *const *words)
{
	const char *text = snapshot_reader_text(reader, object, name, true);
	int i;

	for (i = 0; words[i]; i++)
		if (strcmp(text, words[i]) == 0)
			return i;
	strict_reader_fail(reader, "\"%s\" is an unknown word", name);
	return 0;
}

const cJSON *
snapshot_reader_object(
	struct strict_reader *reader, const cJSON *object, const char *name)
{
	return find(reader, object, name);
}

const cJSON *
snapshot_reader_array(struct strict_reader *reader, const cJSON *object,
	const char *name, size_t max, size_t *count)
{
	const cJSON *member = find(reader, object, name);

	*count = 0;
	if (!member)
		return NULL;
	if (!cJSON_IsArray(member) ||
		(size_t)cJSON_GetArraySize(member) > max) {
		strict_reader_fail(reader,
			"\"%s\" is not an array of at most %zu elements", name,
			max);
		return NULL;
	}
	*count = (size_t)cJSON_GetArraySize(member);
	return member->child;
}

const char **
snapshot_reader_texts(struct strict_reader *reader, const cJSON *object,
	const char *name, size_t max, size_t *count)
{
	const cJSON *at =
		snapshot_reader_array(reader, object, name, max, count);
	const char **texts =
		strict_reader_alloc(reader, *count * sizeof(char *));
	size_t i;

	if (!texts)
		*count = 0;
	for (i = 0; i < *count; i++, at = at->next)
		texts[i] = copy_text(reader, at, name);
	return texts;
}
