/* Reads two builds and finds what changed. */
#include "cmd/pair.h"

#include "cmd/shape.h"

int
pair_read(struct pair *pair, const struct settings *settings,
	const char *const operands[2], struct err *err)
{
	struct build_options options;

	manifest_init(&pair->before);
	manifest_init(&pair->after);
	pair->changes = (struct changes){0};
	if (shape_build(settings, &options, err) != 0 ||
		build_read(operands[0], &options, &pair->before, err) != 0 ||
		build_read(operands[1], &options, &pair->after, err) != 0)
		return -1;
	return changes_find(&pair->changes, &pair->before, &pair->after, err);
}

void
pair_release(struct pair *pair)
{
	changes_release(&pair->changes);
	manifest_release(&pair->after);
	manifest_release(&pair->before);
}
