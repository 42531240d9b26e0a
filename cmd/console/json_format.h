/*
 * The format number of each JSON output, its member "format". docs/json.md says
 * what may change while a number stays; docs/schema/ has the members of each.
 */
#ifndef CMD_CONSOLE_JSON_FORMAT_H
#define CMD_CONSOLE_JSON_FORMAT_H

enum {
	JSON_FORMAT_ANNOUNCE = 1,
	JSON_FORMAT_DIFF = 1,
	JSON_FORMAT_INSPECT = 1,
	JSON_FORMAT_INVALIDATE = 1,
	JSON_FORMAT_MANIFEST = 1,
	JSON_FORMAT_PLAN = 1,
	JSON_FORMAT_REPORT = 1,
	JSON_FORMAT_STATUS = 1,
	JSON_FORMAT_VERIFY = 1,
};

#endif
