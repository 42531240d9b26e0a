/*
 * The AWS CLI's shorthand: Paths={Quantity=1,Items=[/a]},CallerReference=x.
 *
 *   parameter  keyval *("," keyval)
 *   keyval     key "=" [value *("," value) / list / hash]
 *   list       "[" [entry *("," entry)] "]"
 *   hash       "{" [key "=" entry *("," key "=" entry)] "}"
 *   entry      value / list / hash
 *   value      bare, or in single or double quotes, where a backslash escapes
 *              the quote and itself; bare, \, is a comma
 *
 * A key that stands twice is an error on the top level, and the last wins in
 * a hash. Then the model has its say: integers become such, and a lone value
 * of a list a list.
 */
#ifndef CMD_AWSCLI_SHORTHAND_H
#define CMD_AWSCLI_SHORTHAND_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/model.h"
#include "cmd/awscli/value.h"

/*
 * NULL where it is none; the fault is that of the parameter `option`
 * ("--invalidation-batch"), with the place under a caret.
 */
struct value *shorthand_read(struct arena *arena, const char *text, size_t len,
	const struct shape *shape, const char *option, struct fault *fault);

#endif
