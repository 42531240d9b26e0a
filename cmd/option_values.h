/*
 * Turns the text of options into what the libraries take: build options, URL
 * rules and limits of a plan.
 *
 * ERR_USAGE names the option and, for a value from edgediff.conf, its line. The
 * results borrow from the settings, which must outlive them.
 */
#ifndef CMD_OPTION_VALUES_H
#define CMD_OPTION_VALUES_H

#include "cmd/option_number.h"
#include "cmd/settings.h"
#include "diff/plan.h"
#include "diff/url_rules.h"
#include "manifest/build.h"

int option_values_build(const struct settings *settings,
	struct build_options *out, struct err *err);
int option_values_urls(const struct settings *settings, struct url_rules *out,
	struct err *err);
int option_values_limits(const struct settings *settings,
	struct plan_limits *out, struct err *err);

/*
 * Refuse a path of the site that begins with a drive (C:/): a shell on Windows
 * has rewritten it, and ERR_USAGE says how to prevent that. `name` is the
 * option's.
 */
int option_values_path(const char *name, const char *text, struct err *err);

/* The same, and ERR_USAGE for a path of the site with \ instead of /. */
int option_values_url_path(const char *name, const char *text, struct err *err);

#endif
