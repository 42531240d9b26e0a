/*
 * The shapes of CloudFront's API (version 2020-05-31) that invalidations are
 * made of, in the service model's own order. Validation, shorthand, XML in
 * both directions and skeletons all follow this one table.
 */
#ifndef CMD_AWSCLI_MODEL_H
#define CMD_AWSCLI_MODEL_H

#include <stdbool.h>
#include <stddef.h>

enum shape_type {
	SHAPE_STRUCTURE,
	SHAPE_LIST,
	SHAPE_STRING,
	SHAPE_INTEGER,
	SHAPE_BOOLEAN,
	SHAPE_TIMESTAMP,
};

/* Where a member goes in a request, or comes from in an answer. */
enum place {
	IN_BODY, /* the body, or an element of it */
	IN_PATH,
	IN_QUERY,
	IN_HEADER,
};

struct shape_member {
	const char *name;
	const struct shape *shape;
	bool required;
	enum place place;
};

struct shape {
	enum shape_type type;
	const struct shape_member *members; /* ended by one without a name */
	const struct shape *element; /* of a list */
	const char *element_name; /* in XML */
};

extern const struct shape shape_string, shape_integer;
extern const struct shape shape_batch;

/* What the operations take. */
extern const struct shape shape_create_input, shape_get_input, shape_list_input;
extern const struct shape shape_tenant_create_input, shape_tenant_get_input,
	shape_tenant_list_input;

/* What they give. */
extern const struct shape shape_create_output, shape_get_output,
	shape_list_output;

/* NULL where there is none. */
const struct shape_member *shape_member(
	const struct shape *shape, const char *name, size_t len);

#endif
