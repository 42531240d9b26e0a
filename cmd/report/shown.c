/* Names and numbers as a report shows them. */
#include <inttypes.h>

#include "base/name.h"
#include "cmd/report/facts.h"

/* The code point of a well-formed UTF-8 character of that length. */
static uint32_t
code_point(const char *at, size_t len)
{
	static const unsigned char masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	uint32_t code = (unsigned char)at[0] & masks[len];
	size_t i;

	for (i = 1; i < len; i++)
		code = code << 6 | ((unsigned char)at[i] & 0x3f);
	return code;
}

/* Characters without a shape of their own, and those that reorder others. */
static bool
is_unseen(uint32_t code)
{
	static const uint32_t ranges[][2] = {
		{0x80, 0xa0}, /* C1 controls, no-break space */
		{0xad, 0xad}, /* soft hyphen */
		{0x34f, 0x34f}, /* combining grapheme joiner */
		{0x61c, 0x61c}, /* Arabic letter mark */
		{0x115f, 0x1160}, /* Hangul fillers */
		{0x180b, 0x180f}, /* Mongolian selectors */
		{0x2000, 0x200f}, /* spaces, zero width, direction marks */
		{0x2028, 0x202f}, /* line separators, direction */
		{0x205f, 0x206f}, /* invisible operators, isolates */
		{0x3000, 0x3000}, /* ideographic space */
		{0x3164, 0x3164}, /* Hangul filler */
		{0xfe00, 0xfe0f}, /* variation selectors */
		{0xfeff, 0xfeff}, /* byte order mark */
		{0xfff0, 0xfffb}, /* interlinear annotation */
		{0xe0000, 0xe0fff}, /* tags */
	};
	size_t i;

	for (i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (code >= ranges[i][0] && code <= ranges[i][1])
			return true;
	return false;
}

void
name_add_visible(struct buf *out, const char *name, size_t len)
{
	size_t at = 0, step, i;

	for (; at < len; at += step) {
		step = utf8_length(name + at, len - at);
		if (step > 1 && is_unseen(code_point(name + at, step))) {
			for (i = 0; i < step; i++)
				buf_addf(out, "\\x%02x",
					(unsigned char)name[at + i]);
			continue;
		}
		if (step == 0)
			step = 1;
		name_escape_utf8(out, name + at, step);
	}
}

void
count_add(struct buf *out, uint64_t count)
{
	if (count < 1000) {
		buf_addf(out, "%" PRIu64, count);
		return;
	}
	count_add(out, count / 1000);
	buf_addf(out, ",%03" PRIu64, count % 1000);
}

void
bytes_add(struct buf *out, uint64_t bytes)
{
	static const char units[] = "kMGTPE";
	uint64_t tenth = 100, tenths; /* of the unit */
	size_t i = 0;

	if (bytes < 1000) {
		buf_addf(out, "%" PRIu64 " B", bytes);
		return;
	}
	for (;; i++, tenth *= 1000) {
		tenths = bytes / tenth + (bytes % tenth >= tenth / 2);
		if (tenths < 10000)
			break;
	}
	buf_addf(out, "%" PRIu64 ".%" PRIu64 " %cB", tenths / 10, tenths % 10,
		units[i]);
}

void
price_add(struct buf *out, size_t items)
{
	buf_addch(out, '$');
	count_add(out, items / 200); /* half a cent each */
	buf_addf(out, ".%03zu", items % 200 * 5);
}
