/* Checks the rules by which objects get their URLs. */
#include "diff/url_rules.h"

#include <string.h>

#include "base/escape.h"
#include "manifest/object.h"

static int
check_prefix(const struct url_rules *rules, struct err *err)
{
	const char *prefix = rules->prefix;
	size_t len = strlen(prefix);
	struct escaped_name shown;

	if (len == 0 || prefix[0] != '/' || prefix[len - 1] != '/')
		return err_set(err, ERR_USAGE,
			"--prefix %s: expected a path that begins and ends "
			"with /, like /docs/",
			escape_show_str(&shown, prefix));
	if (strchr(prefix, '*'))
		return err_set(err, ERR_USAGE,
			"--prefix %s: it must not contain *, because no path "
			"under it could then be invalidated exactly or by a "
			"wildcard",
			escape_show_str(&shown, prefix));
	if (!rules->doubtful_encode && strpbrk(prefix, "~'"))
		return err_set(err, ERR_USAGE,
			"--prefix %s: no wildcard under a prefix with ~ or ' "
			"is reliable; use --doubtful encode",
			escape_show_str(&shown, prefix));
	return 0;
}

int
url_rules_check(const struct url_rules *rules, struct err *err)
{
	const char *index = rules->index_document;
	struct escaped_name shown;
	size_t i;

	if (check_prefix(rules, err) != 0)
		return -1;
	if (!*index || strchr(index, '/') || strlen(index) > KEY_MAX)
		return err_set(err, ERR_USAGE,
			"--index-document %s: expected one file name, without "
			"/",
			escape_show_str(&shown, index));
	if (!rules->index_file && !rules->index_slash && !rules->index_bare)
		return err_set(err, ERR_USAGE,
			"--index-urls: expected at least one of file, slash, "
			"bare");
	for (i = 0; i < rules->never_widen_count; i++)
		if (rules->never_widen[i][0] != '/' ||
			strchr(rules->never_widen[i], '*'))
			return err_set(err, ERR_USAGE,
				"--never-widen %s: expected a prefix that "
				"begins with / and has no *, like /api/",
				escape_show_str(&shown, rules->never_widen[i]));
	for (i = 0; i < rules->fallback_count; i++)
		if (object_check_key(rules->fallback[i],
			    strlen(rules->fallback[i]), err) != 0)
			return err_set(err, ERR_USAGE,
				"--fallback '%s': want a key of the build, "
				"like index.html or errors/404.html",
				escape_show_str(&shown, rules->fallback[i]));
	return 0;
}
