/* Loads parameter files. */
#include "cmd/awscli/paramfile.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cmd/awscli/value_repr.h"

enum {
	/* A batch of 3,000 paths with 4,000 characters takes 12 MB. */
	PARAMETER_MAX = 32 * 1024 * 1024,
	FILE_PATH_MAX = 64 * 1024,
};

/* Expand ~ and ~user at the start, as Python's os.path.expanduser does. */
static const char *
add_home(struct buf *out, const char *path)
{
	size_t len = strcspn(path, "/");
	const char *home = NULL;
	const struct passwd *entry;
	char user[256];

	if (*path != '~' || len > sizeof(user))
		return path;
	memcpy(user, path + 1, len - 1);
	user[len - 1] = '\0';
	if (len == 1)
		home = getenv("HOME");
	if (!home) {
		entry = len == 1 ? getpwuid(getuid()) : getpwnam(user);
		home = entry ? entry->pw_dir : NULL;
	}
	if (!home)
		return path;
	buf_addstr(out, home);
	while (out->len > 0 && out->data[out->len - 1] == '/')
		out->len--;
	if (out->len == 0 && !path[len])
		buf_addch(out, '/');
	return path + len;
}

/* The value of the variable after a $, and the text after it in *rest. */
static const char *
variable_value(const char *dollar, char name[256], const char **rest)
{
	static const char word[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
	bool brace = dollar[1] == '{';
	const char *start = dollar + 1 + brace;
	size_t len = brace ? strcspn(start, "}") : strspn(start, word);

	if (len == 0 || len > 255 || (brace && start[len] != '}'))
		return NULL;
	memcpy(name, start, len);
	name[len] = '\0';
	*rest = start + len + brace;
	return getenv(name);
}

/* Expand $NAME and ${NAME}; unset variables stay as they are. */
static void
add_expanded(struct buf *out, const char *text)
{
	const char *value, *rest;
	char name[256];

	while (*text) {
		value = *text == '$' ? variable_value(text, name, &rest) : NULL;
		if (value) {
			buf_addstr(out, value);
			text = rest;
		} else {
			buf_addch(out, *text++);
		}
	}
}

/* Convert line ends to newlines, as Python's text files do. */
static void
convert_line_ends(struct buf *text)
{
	size_t from, to = 0;

	for (from = 0; from < text->len; from++) {
		if (text->data[from] != '\r')
			text->data[to++] = text->data[from];
		else if (from + 1 == text->len || text->data[from + 1] != '\n')
			text->data[to++] = '\n';
	}
	if (text->data)
		text->data[to] = '\0';
	text->len = to;
}

/* Read any file; /dev/stdin and the shell's <(...) are pipes. */
static int
read_all(const char *path, struct buf *out, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char piece[16384];
	ssize_t n = -1;

	if (fd < 0)
		return err_system(err, "cannot open");
	while (!out->failed) {
		n = read(fd, piece, sizeof(piece));
		if (n > 0)
			buf_add(out, piece, (size_t)n);
		else if (n == 0 || errno != EINTR)
			break;
	}
	if (n < 0)
		err_system(err, "cannot read");
	close(fd);
	return n < 0 ? -1 : buf_check(out, err);
}

/* Begin the fault of a file that the option, or no option, names. */
static int
begin_fault(struct fault *fault, const char *option)
{
	if (!option)
		return fault_set(fault, AWSCLI_GENERAL_ERROR, "%s", "");
	return fault_set(fault, AWSCLI_PARAM_ERROR,
		"Error parsing parameter '%s': ", option);
}

static int
fail_load(const char *text, const char *path, const char *option,
	const struct err *err, struct fault *fault)
{
	struct value name = {
		.type = VALUE_STRING, .text = path, .len = strlen(path)};
	struct buf *out = &fault->text;

	begin_fault(fault, option);
	buf_addf(out, "Unable to load paramfile %s: ", text);
	if (err->code != ERR_SYSTEM || err->sys_errno == 0) {
		buf_addstr(out, err->message);
		return -1;
	}
	buf_addf(out, "[Errno %d] %s: ", err->sys_errno,
		strerror(err->sys_errno));
	value_repr(out, &name);
	return -1;
}

static int
load(struct value **out, struct arena *arena, const char *text, bool bytes,
	const char *option, struct fault *fault)
{
	const char *given = strstr(text, "://") + 3;
	struct buf home, path, content;
	struct err err = ERR_INIT;
	int rc = -1;

	buf_init(&home, FILE_PATH_MAX);
	buf_init(&path, FILE_PATH_MAX);
	buf_init(&content, PARAMETER_MAX);
	buf_addstr(&home, add_home(&home, given));
	if (buf_check(&home, &err) == 0)
		add_expanded(&path, buf_str(&home));
	if (err.code != ERR_NONE || buf_check(&path, &err) != 0 ||
		read_all(buf_str(&path), &content, &err) != 0) {
		fail_load(text, buf_shown(&path), option, &err, fault);
		goto out;
	}
	if (!bytes && !utf8_is_valid(buf_str(&content), content.len)) {
		begin_fault(fault, option);
		buf_addf(&fault->text,
			"Unable to load paramfile (%s), text contents could "
			"not be decoded.  If this is a binary file, please use "
			"the fileb:// prefix instead of the file:// prefix.",
			buf_str(&path));
		goto out;
	}
	if (!bytes)
		convert_line_ends(&content);
	*out = value_new_text(arena, bytes ? VALUE_BYTES : VALUE_STRING,
		buf_str(&content), content.len);
	rc = *out ? 0 : fault_no_memory(fault);
out:
	buf_release(&home);
	buf_release(&path);
	buf_release(&content);
	return rc;
}

int
paramfile_load(struct value **out, struct arena *arena, const char *text,
	const char *option, struct fault *fault)
{
	bool bytes = strncmp(text, "fileb://", 8) == 0;

	if (bytes || strncmp(text, "file://", 7) == 0)
		return load(out, arena, text, bytes, option, fault);
	*out = value_new_string(arena, text);
	return *out ? 0 : fault_no_memory(fault);
}
