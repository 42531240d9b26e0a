/* Decodes the names of a zip. */
#include "manifest/zip_name.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/utf8.h"
#include "manifest/little_endian.h"

enum {
	EXTRA_UNICODE_PATH = 0x7075,
	UNICODE_PATH_VERSION = 1,
	UNICODE_PATH_HEAD = 5, /* its version and CRC */

	HOST_UNIX = 3,
	HOST_MACOS = 19,

	/* A length has 16 bits; three bytes of UTF-8 for one of the code page. */
	NAME_MAX_BYTES = 3 * 65535,
};

/* Code page 437 from 0x80 on: all characters have two or three bytes. */
static const uint16_t code_page_437[128] = {
	0x00c7,
	0x00fc,
	0x00e9,
	0x00e2,
	0x00e4,
	0x00e0,
	0x00e5,
	0x00e7,
	0x00ea,
	0x00eb,
	0x00e8,
	0x00ef,
	0x00ee,
	0x00ec,
	0x00c4,
	0x00c5,
	0x00c9,
	0x00e6,
	0x00c6,
	0x00f4,
	0x00f6,
	0x00f2,
	0x00fb,
	0x00f9,
	0x00ff,
	0x00d6,
	0x00dc,
	0x00a2,
	0x00a3,
	0x00a5,
	0x20a7,
	0x0192,
	0x00e1,
	0x00ed,
	0x00f3,
	0x00fa,
	0x00f1,
	0x00d1,
	0x00aa,
	0x00ba,
	0x00bf,
	0x2310,
	0x00ac,
	0x00bd,
	0x00bc,
	0x00a1,
	0x00ab,
	0x00bb,
	0x2591,
	0x2592,
	0x2593,
	0x2502,
	0x2524,
	0x2561,
	0x2562,
	0x2556,
	0x2555,
	0x2563,
	0x2551,
	0x2557,
	0x255d,
	0x255c,
	0x255b,
	0x2510,
	0x2514,
	0x2534,
	0x252c,
	0x251c,
	0x2500,
	0x253c,
	0x255e,
	0x255f,
	0x255a,
	0x2554,
	0x2569,
	0x2566,
	0x2560,
	0x2550,
	0x256c,
	0x2567,
	0x2568,
	0x2564,
	0x2565,
	0x2559,
	0x2558,
	0x2552,
	0x2553,
	0x256b,
	0x256a,
	0x2518,
	0x250c,
	0x2588,
	0x2584,
	0x258c,
	0x2590,
	0x2580,
	0x03b1,
	0x00df,
	0x0393,
	0x03c0,
	0x03a3,
	0x03c3,
	0x00b5,
	0x03c4,
	0x03a6,
	0x0398,
	0x03a9,
	0x03b4,
	0x221e,
	0x03c6,
	0x03b5,
	0x2229,
	0x2261,
	0x00b1,
	0x2265,
	0x2264,
	0x2320,
	0x2321,
	0x00f7,
	0x2248,
	0x00b0,
	0x2219,
	0x00b7,
	0x221a,
	0x207f,
	0x00b2,
	0x25a0,
	0x00a0,
};

/* The CRC-32 of ISO 3309, which zips use. */
static uint32_t
crc32_of(const char *bytes, size_t len)
{
	uint32_t crc = UINT32_MAX;
	size_t i;
	int bit;

	for (i = 0; i < len; i++) {
		crc ^= (unsigned char)bytes[i];
		for (bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc;
}

static void
add_character(struct buf *out, unsigned char c)
{
	uint16_t point = c < 0x80 ? c : code_page_437[c - 0x80];

	if (point < 0x80) {
		buf_addch(out, (char)point);
	} else if (point < 0x800) {
		buf_addch(out, (char)(0xc0 | point >> 6));
		buf_addch(out, (char)(0x80 | (point & 0x3f)));
	} else {
		buf_addch(out, (char)(0xe0 | point >> 12));
		buf_addch(out, (char)(0x80 | (point >> 6 & 0x3f)));
		buf_addch(out, (char)(0x80 | (point & 0x3f)));
	}
}

/* The Unicode Path field of this very name; NULL if there is none. */
static const unsigned char *
find_unicode_path(const struct zip_name_record *record, size_t *len)
{
	const unsigned char *at = record->extra, *field;
	size_t left = record->extra_len, size;

	for (; left >= 4; at += 4 + size, left -= 4 + size) {
		size = little_endian_get16(at + 2);
		if (size > left - 4)
			break;
		field = at + 4;
		if (little_endian_get16(at) != EXTRA_UNICODE_PATH ||
			size <= UNICODE_PATH_HEAD ||
			field[0] != UNICODE_PATH_VERSION ||
			little_endian_get32(field + 1) !=
				crc32_of(record->bytes, record->len))
			continue;
		*len = size - UNICODE_PATH_HEAD;
		return field + UNICODE_PATH_HEAD;
	}
	return NULL;
}

/* Append the name; false if its Unicode Path field is not UTF-8. */
static bool
decode(const struct zip_name_record *record, struct buf *out)
{
	bool keep = record->is_utf8 || record->host == HOST_UNIX ||
		    record->host == HOST_MACOS;
	const unsigned char *path;
	size_t len, i;

	path = find_unicode_path(record, &len);
	if (path) {
		buf_add(out, path, len);
		return utf8_is_valid((const char *)path, len);
	}
	if (keep)
		buf_add(out, record->bytes, record->len);
	for (i = 0; !keep && i < record->len; i++)
		add_character(out, (unsigned char)record->bytes[i]);
	return true;
}

static int
check(const struct buf *name, bool is_valid, struct err *err)
{
	struct escaped_name shown;

	if (buf_check(name, err) != 0)
		return -1;
	escape_show(&shown, buf_str(name), name->len);
	if (!is_valid)
		return err_set(err, ERR_INPUT,
			"%s: a Unicode name that is not UTF-8: the archive is "
			"damaged",
			shown.text);
	if (memchr(buf_str(name), '\0', name->len))
		return err_set(err, ERR_INPUT,
			"%s: a name contains a NUL: the archive is damaged",
			shown.text);
	if (memchr(buf_str(name), '\\', name->len))
		return err_set(err, ERR_INPUT,
			"%s: a name with backslashes, as some programs write "
			"it on Windows: pack it again with one that writes /",
			shown.text);
	return 0;
}

int
zip_name_decode(const struct zip_name_record *record, struct arena *arena,
	const char **name, struct err *err)
{
	struct buf text;
	int rc;

	buf_init(&text, NAME_MAX_BYTES);
	rc = check(&text, decode(record, &text), err);
	if (rc == 0) {
		*name = arena_copy(arena, buf_str(&text), text.len);
		rc = *name ? 0 : err_memory(err);
	}
	buf_release(&text);
	return rc;
}
