/* Indexes and slices of a JMESPath expression: [0] and [0:1:2]. */
#ifndef CMD_AWSCLI_JMESPATH_INDEX_H
#define CMD_AWSCLI_JMESPATH_INDEX_H

#include "cmd/awscli/jmespath_cursor.h"

/* Is what follows a bracket an index or a slice? */
bool jmespath_index_is_next(const struct jmespath_cursor *p);

/* Parse it, up to and with the closing bracket. Returns NULL on failure. */
struct jmespath_node *jmespath_index_parse(struct jmespath_cursor *p);

#endif
