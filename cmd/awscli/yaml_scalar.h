/*
 * What a plain scalar of YAML 1.2 is: the rules of ruamel.yaml, the AWS CLI's own
 * library, which takes numbers with underscores, 0b and 0x, and dates.
 */
#ifndef CMD_AWSCLI_YAML_SCALAR_H
#define CMD_AWSCLI_YAML_SCALAR_H

#include <regex.h>

#include "cmd/awscli/value.h"

struct yaml_scalars {
	regex_t integer, real, time; /* the forms of numbers and dates */
};

/* Returns false if memory runs out. After true, call yaml_scalars_release(). */
bool yaml_scalars_init(struct yaml_scalars *scalars);
void yaml_scalars_release(struct yaml_scalars *scalars);

/*
 * The value of a scalar without quotes and tag, in the arena. Returns NULL with
 * what it is in `problem`, if no parameter is of that kind: "a date"; or with
 * "out of memory".
 */
struct value *yaml_scalar_read(const struct yaml_scalars *scalars,
	struct arena *arena, const char *text, size_t len, struct buf *problem);

#endif
