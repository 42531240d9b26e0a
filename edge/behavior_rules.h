/*
 * What follows from a configuration for each of its behaviours. The rules are
 * called in this order, after distribution_rule_doubts.
 */
#ifndef EDGE_BEHAVIOR_RULES_H
#define EDGE_BEHAVIOR_RULES_H

#include "edge/concluding.h"

void behavior_rule_functions(struct concluding *c);

/* Set `foreign` and `cached` of all, and say which are. */
void behavior_rule_cached(struct concluding *c);
void behavior_rule_foreign(struct concluding *c);

/* The others say nothing about foreign behaviours. */
void behavior_rule_index_urls(struct concluding *c);
void behavior_rule_query_strings(struct concluding *c);
void behavior_rule_signed(struct concluding *c);
void behavior_rule_smooth_streaming(struct concluding *c);

#endif
