/*
 * YAML, read with libyaml as the AWS CLI reads it with ruamel.yaml: YAML 1.2, in
 * which `yes` and `on` are strings. libyaml is optional: where the build found
 * none, nothing is read.
 */
#ifndef CMD_AWSCLI_YAML_READER_H
#define CMD_AWSCLI_YAML_READER_H

#include "cmd/awscli/value.h"

/* Has edgediff been built with libyaml? */
bool yaml_is_read(void);

/*
 * Read a document of at most YAML_TEXT_MAX bytes of UTF-8 into the arena; an empty
 * one is null. Returns NULL with the reason in `problem`: YAML_INVALID for what the
 * AWS CLI refuses, too, or the line and what edgediff reads none of: anchors (and
 * so aliases), merge keys, tags but !!str, dates, keys that are no strings, tabs,
 * other versions of YAML, more than YAML_DEPTH_MAX levels or VALUE_KEYS_MAX keys.
 */
struct value *yaml_read(
	struct arena *arena, const char *text, size_t len, struct buf *problem);

enum {
	YAML_DEPTH_MAX = 100,
	YAML_TEXT_MAX = 16 * 1024 * 1024, /* 3,000 paths of 4,000 bytes: 12 */
};

#define YAML_INVALID "Invalid YAML received."

#endif
