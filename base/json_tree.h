/* Reads JSON texts (RFC 8259) with cJSON, and refuses what cJSON misreads. */
#ifndef BASE_JSON_TREE_H
#define BASE_JSON_TREE_H

#include <cjson/cJSON.h>
#include <stddef.h>

/*
 * Parse `len` bytes, which are one value with nothing but blanks around it.
 * Returns NULL if they are not, or if there is no memory; *fault is then the byte
 * where that was noticed. Free the tree with cJSON_Delete.
 *
 * cJSON ends a string at a NUL, reads an escape without four hexadecimal digits
 * as one, and takes control characters for blanks. These are no JSON here, nor is
 * an escaped NUL, so that each string is the whole one. cJSON limits the depth to
 * 1,000.
 */
cJSON *json_tree_parse(const char *text, size_t len, const char **fault);

#endif
