/*
 * The shapes of CloudFront's API (version 2020-05-31) that invalidations need,
 * in the order of the service model that botocore reads. Validation,
 * shorthand, XML in both directions and skeletons all follow this one table.
 */
#ifndef CMD_AWSCLI_SHAPE_H
#define CMD_AWSCLI_SHAPE_H

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

/* Where a request or a response carries a member. */
enum shape_location {
	LOCATION_BODY, /* the body, or an element in it */
	LOCATION_URI,
	LOCATION_QUERY,
	LOCATION_HEADER,
};

struct shape_member {
	const char *name;
	const struct shape *shape;
	bool required;
	enum shape_location location;
};

struct shape {
	enum shape_type type;
	const struct shape_member *members; /* ended by one without a name */
	const struct shape *element; /* of a list */
	const char *element_name; /* in XML */
};

extern const struct shape shape_batch;

/* The input of each operation. */
extern const struct shape shape_create_input, shape_get_input, shape_list_input;
extern const struct shape shape_tenant_create_input, shape_tenant_get_input,
	shape_tenant_list_input;

/* The output of each operation; the operations of tenants share them. */
extern const struct shape shape_create_output, shape_get_output,
	shape_list_output;

/* The member of a structure whose name is these `len` bytes, or NULL. */
const struct shape_member *shape_member(
	const struct shape *shape, const char *name, size_t len);

#endif
