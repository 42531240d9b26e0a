/* Grows byte buffers up to their maximum. */
#include "base/buf.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/large.h"

void
buf_init(struct buf *buf, size_t max)
{
	*buf = (struct buf){.max = max};
}

void
buf_release(struct buf *buf)
{
	free(buf->data);
	buf_init(buf, buf->max);
}

void
buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->failed = ERR_NONE;
	if (buf->data)
		buf->data[0] = '\0';
}

void
buf_cut(struct buf *buf, size_t len)
{
	buf->failed = ERR_NONE;
	if (len >= buf->len)
		return;
	buf->len = len;
	buf->data[len] = '\0';
}

void
buf_wipe(struct buf *buf)
{
	if (buf->data)
		OPENSSL_cleanse(buf->data, buf->used);
	buf_release(buf);
}

/*
 * Make room for `more` bytes and a NUL; -1 if this or an earlier call failed.
 */
static int
reserve(struct buf *buf, size_t more)
{
	size_t need, cap;
	char *data;

	if (buf->failed)
		return -1;
	if (more > buf->max - buf->len) {
		buf->failed = ERR_INPUT;
		return -1;
	}
	need = buf->len + more + 1;
	if (need <= buf->cap)
		return 0;
	cap = buf->cap ? buf->cap : 64;
	while (cap < need)
		cap = cap > need / 2 ? need : cap * 2;
	if (cap < buf->cap + buf->cap / 2)
		cap = buf->cap + buf->cap / 2;
	data = large_resize(buf->data, buf->cap, cap);
	if (!data) {
		buf->failed = ERR_MEMORY;
		return -1;
	}
	buf->data = data;
	buf->data[buf->len] = '\0'; /* a string before anything is added, too */
	buf->cap = cap;
	return 0;
}

static void
grow(struct buf *buf, size_t more)
{
	buf->len += more;
	if (buf->used < buf->len)
		buf->used = buf->len;
}

void
buf_reserve(struct buf *buf, size_t more)
{
	reserve(buf, more);
}

void
buf_add(struct buf *buf, const void *data, size_t len)
{
	if (reserve(buf, len) != 0)
		return;
	if (len > 0)
		memcpy(buf->data + buf->len, data, len);
	grow(buf, len);
	buf->data[buf->len] = '\0';
}

void
buf_addstr(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void
buf_addch(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void
buf_addf(struct buf *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len < 0) {
		buf->failed = ERR_INPUT;
		return;
	}
	if (reserve(buf, (size_t)len) != 0)
		return;
	va_start(args, fmt);
	vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, args);
	va_end(args);
	grow(buf, (size_t)len);
}

int
buf_check(const struct buf *buf, struct err *err)
{
	if (buf->failed == ERR_NONE)
		return 0;
	if (buf->failed == ERR_MEMORY)
		return err_memory(err);
	return err_set(
		err, ERR_INPUT, "more than the limit of %zu bytes", buf->max);
}

char *
buf_detach(struct buf *buf, struct err *err)
{
	char *text = NULL;

	if (buf_check(buf, err) == 0) {
		text = buf->data ? buf->data : strdup("");
		buf->data = NULL;
		if (!text)
			(void)err_memory(err);
	}
	buf_release(buf);
	return text;
}

void
buf_append(struct buf *buf, const struct buf *more)
{
	buf_add(buf, more->data, more->len);
	if (buf->failed == ERR_NONE)
		buf->failed = more->failed;
}

const char *
buf_str(const struct buf *buf)
{
	assert(buf->failed == ERR_NONE);
	return buf->data ? buf->data : "";
}

const char *
buf_shown(const struct buf *buf)
{
	if (buf->data)
		return buf->data;
	return buf->failed == ERR_NONE ? "" : "(no memory)";
}

int
buf_emit(void *to, const void *bytes, size_t len, struct err *err)
{
	buf_add(to, bytes, len);
	return buf_check(to, err);
}
