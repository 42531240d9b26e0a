/* Checks the rules by which objects get their URLs. */
#include "diff/url_rules.h"

#include <string.h>

#include "base/escape.h"
#include "manifest/object.h"

void
url_rules_take_site(struct url_rules *rules, const struct site *site)
{
	rules->site = site;
	if (!site || !site->index_urls)
		return;
	rules->forms.index_file = true;
	rules->forms.index_slash = rules->forms.index_bare = false;
}

int
url_rules_check_prefix(const char *prefix, struct err *err)
{
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
	if (strstr(prefix, "/./") || strstr(prefix, "/../"))
		return err_set(err, ERR_USAGE,
			"--prefix %s: clients remove the segments . and .. "
			"before they ask, so no cache has a URL under it",
			escape_show_str(&shown, prefix));
	return 0;
}

static int
check_prefix(const struct url_rules *rules, struct err *err)
{
	const char *prefix = rules->prefix;
	struct escaped_name shown;

	if (url_rules_check_prefix(prefix, err) != 0)
		return -1;
	if (!rules->doubtful_encode && strpbrk(prefix, "~'"))
		return err_set(err, ERR_USAGE,
			"--prefix %s: no wildcard under a prefix with ~ or ' "
			"is reliable; use --doubtful encode",
			escape_show_str(&shown, prefix));
	return 0;
}

static int
check_index_document(const char *name, struct err *err)
{
	struct escaped_name shown;

	if (*name && !strchr(name, '/') && strlen(name) <= KEY_MAX)
		return 0;
	return err_set(err, ERR_USAGE,
		"--index-document %s: expected one file name, without /",
		escape_show_str(&shown, name));
}

static int
check_never_widen(const char *prefix, struct err *err)
{
	struct escaped_name shown;

	if (prefix[0] == '/' && !strchr(prefix, '*'))
		return 0;
	return err_set(err, ERR_USAGE,
		"--never-widen %s: expected a prefix that begins with / and "
		"has no *, like /api/",
		escape_show_str(&shown, prefix));
}

static int
check_fallback(const char *key, struct err *err)
{
	struct escaped_name shown;

	if (object_check_key(key, strlen(key), err) == 0)
		return 0;
	return err_set(err, ERR_USAGE,
		"--fallback '%s': expected a key of the build, like index.html "
		"or errors/404.html",
		escape_show_str(&shown, key));
}

int
url_rules_check(
	const struct url_rules *rules, const char **wrong, struct err *err)
{
	size_t i;

	*wrong = rules->prefix;
	if (check_prefix(rules, err) != 0)
		return -1;
	*wrong = rules->forms.index_document;
	if (check_index_document(rules->forms.index_document, err) != 0)
		return -1;
	for (i = 0; i < rules->never_widen_count; i++) {
		*wrong = rules->never_widen[i];
		if (check_never_widen(*wrong, err) != 0)
			return -1;
	}
	for (i = 0; i < rules->fallback_count; i++) {
		*wrong = rules->fallback[i];
		if (check_fallback(*wrong, err) != 0)
			return -1;
	}
	*wrong = NULL;
	if (rules->forms.index_file || rules->forms.index_slash ||
		rules->forms.index_bare)
		return 0;
	return err_set(err, ERR_USAGE,
		"--index-urls: expected at least one of file, slash, bare");
}
