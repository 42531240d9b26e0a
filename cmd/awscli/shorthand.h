/*
 * The AWS CLI's shorthand: Paths={Quantity=1,Items=[/a]},CallerReference=x.
 *
 *   parameter  keyval *("," keyval)
 *   keyval     key equals [value *("," value) / list / hash]
 *   equals     "=" / "@=", after which file:// and fileb:// are read
 *   list       "[" [entry *("," entry)] "]"
 *   hash       "{" [key equals entry *("," key equals entry)] "}"
 *   entry      value / list / hash
 *   value      bare, or in single or double quotes, inside which a backslash
 *              comes before a quote or itself; in a bare value \, is a comma
 *
 * A duplicate key is an error at the top level; in a hash the last one wins.
 * Afterwards the shape decides: text becomes an integer, and a single value a
 * list.
 */
#ifndef CMD_AWSCLI_SHORTHAND_H
#define CMD_AWSCLI_SHORTHAND_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/shape.h"
#include "cmd/awscli/value.h"

/*
 * Read `len` bytes of shorthand into a value of that shape, in the arena.
 * Returns NULL for a syntax error: the fault names the parameter `option`
 * ("--invalidation-batch") and marks the position with a caret.
 */
struct value *shorthand_read(struct arena *arena, const char *text, size_t len,
	const struct shape *shape, const char *option, struct fault *fault);

#endif
