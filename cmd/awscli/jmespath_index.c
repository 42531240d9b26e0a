/* Parses indexes and slices. */
#include "cmd/awscli/jmespath_index.h"

/* Start, stop and step of a slice, from behind its bracket. */
static struct jmespath_node *
parse_slice(struct jmespath_cursor *p)
{
	struct jmespath_node *slice = jmespath_make(p, JMESPATH_SLICE);
	int part = 0;

	while (slice && !jmespath_is_next(p, TOKEN_RBRACKET)) {
		if (jmespath_is_next(p, TOKEN_COLON) && part < 2) {
			part++;
		} else if (jmespath_is_next(p, TOKEN_NUMBER)) {
			slice->numbers[part] =
				value_to_integer(p->token->value);
			slice->given[part] = true;
		} else {
			return jmespath_fail_token(p, "syntax error", p->token);
		}
		jmespath_advance(p);
	}
	return slice && jmespath_match(p, TOKEN_RBRACKET) ? slice : NULL;
}

struct jmespath_node *
jmespath_index_parse(struct jmespath_cursor *p)
{
	struct jmespath_node *index;

	if (jmespath_is_next(p, TOKEN_COLON) ||
		p->token->next->type == TOKEN_COLON)
		return parse_slice(p);
	index = jmespath_make(p, JMESPATH_INDEX);
	if (!index)
		return NULL;
	index->numbers[0] = value_to_integer(jmespath_advance(p)->value);
	return jmespath_match(p, TOKEN_RBRACKET) ? index : NULL;
}

bool
jmespath_index_is_next(const struct jmespath_cursor *p)
{
	return jmespath_is_next(p, TOKEN_NUMBER) ||
	       jmespath_is_next(p, TOKEN_COLON);
}
