/*
 * What follows from a configuration for the distribution as a whole. The rules
 * are called in this order; that of / comes after those of behaviours.
 */
#ifndef EDGE_DISTRIBUTION_RULES_H
#define EDGE_DISTRIBUTION_RULES_H

#include "edge/concluding.h"

/*
 * Set `complete`, `rewrites` and `keeps_errors`, and say what is in doubt. Comes
 * first.
 */
void distribution_rule_doubts(struct concluding *c);

void distribution_rule_mode(struct concluding *c);
void distribution_rule_staging(struct concluding *c);
void distribution_rule_root_object(struct concluding *c);
void distribution_rule_errors(struct concluding *c);
void distribution_rule_origin_path(struct concluding *c);

#endif
