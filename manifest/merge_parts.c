/* Notes which parts of a build a merge has seen. */
#include "manifest/merge_parts.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/escape.h"
#include "base/plural.h"
#include "manifest/manifest_stream.h"

void
merge_parts_init(struct merge_parts *parts, bool unchecked)
{
	*parts = (struct merge_parts){.unchecked = unchecked};
}

void
merge_parts_release(struct merge_parts *parts)
{
	free(parts->operands);
	parts->operands = NULL;
}

/* The first part says into how many the build is divided. */
static int
begin(struct merge_parts *parts, uint32_t number, uint32_t count,
	struct err *err)
{
	parts->operands = calloc(count, sizeof(*parts->operands));
	if (!parts->operands)
		return err_memory(err);
	parts->count = count;
	parts->first = number;
	return 0;
}

int
merge_parts_add(struct merge_parts *parts, const char *const *paths,
	uint32_t number, const struct shard *shard, struct err *err)
{
	struct escaped_name before, now;
	uint32_t *operand;

	if (parts->unchecked || !shard_is_part(shard))
		return 0;
	if (parts->count == 0 && begin(parts, number, shard->count, err) != 0)
		return -1;
	escape_show_str(&now, manifest_stream_name(paths[number]));
	if (shard->count != parts->count)
		return err_set(err, ERR_INPUT,
			"%s is one of %" PRIu32 " parts of a build, and %s one "
			"of %" PRIu32 ": merge the parts of one whole, or give "
			"--partial to merge these anyway",
			escape_show_str(&before,
				manifest_stream_name(paths[parts->first])),
			parts->count, now.text, shard->count);
	operand = &parts->operands[shard->index - 1];
	if (*operand > 0)
		return err_set(err, ERR_INPUT,
			"%s and %s are both part %" PRIu32 "/%" PRIu32
			" of a build: give each part once, or --partial to "
			"merge them anyway",
			escape_show_str(&before,
				manifest_stream_name(paths[*operand - 1])),
			now.text, shard->index, shard->count);
	*operand = number + 1;
	parts->found++;
	return 0;
}

int
merge_parts_check(const struct merge_parts *parts, struct err *err)
{
	uint32_t missing = parts->count - parts->found, i = 0;

	if (missing == 0)
		return 0;
	while (parts->operands[i] > 0)
		i++;
	return err_set(err, ERR_INPUT,
		"%" PRIu32 " of the %" PRIu32 " parts of the build %s missing, "
		"%s%" PRIu32 "/%" PRIu32 ": make %s with 'edgediff manifest "
		"--shard', or give --partial to merge the others",
		missing, parts->count, plural(missing, "is", "are"),
		plural(missing, "part ", "the first is part "), i + 1,
		parts->count, plural(missing, "it", "them"));
}
