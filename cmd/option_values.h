/* The options that shape a build and a plan, checked and made ready. */
#ifndef CMD_OPTION_VALUES_H
#define CMD_OPTION_VALUES_H

#include "cmd/option_number.h"
#include "cmd/settings.h"
#include "diff/plan.h"
#include "diff/url_rules.h"
#include "manifest/build.h"

/*
 * Where a path of the site begins with a drive, a shell on Windows has rewritten
 * it: ERR_USAGE says how to keep it from that. `name` is the option's.
 */
int option_values_path(const char *name, const char *text, struct err *err);

/* Borrowed from the settings, which outlive what is made here. */
int option_values_build(const struct settings *settings,
	struct build_options *out, struct err *err);
int option_values_urls(const struct settings *settings, struct url_rules *out,
	struct err *err);
int option_values_limits(const struct settings *settings,
	struct plan_limits *out, struct err *err);

#endif
