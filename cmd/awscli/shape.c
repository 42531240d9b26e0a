/* The table of shapes. */
#include "cmd/awscli/shape.h"

#include <string.h>

static const struct shape shape_string = {.type = SHAPE_STRING};
static const struct shape shape_integer = {.type = SHAPE_INTEGER};
static const struct shape shape_boolean = {.type = SHAPE_BOOLEAN};
static const struct shape shape_timestamp = {.type = SHAPE_TIMESTAMP};

static const struct shape shape_path_list = {
	.type = SHAPE_LIST,
	.element = &shape_string,
	.element_name = "Path",
};

static const struct shape_member paths_members[] = {
	{"Quantity", &shape_integer, true, LOCATION_BODY},
	{"Items", &shape_path_list, false, LOCATION_BODY},
	{0},
};
static const struct shape shape_paths = {
	.type = SHAPE_STRUCTURE, .members = paths_members};

static const struct shape_member batch_members[] = {
	{"Paths", &shape_paths, true, LOCATION_BODY},
	{"CallerReference", &shape_string, true, LOCATION_BODY},
	{0},
};
const struct shape shape_batch = {
	.type = SHAPE_STRUCTURE, .members = batch_members};

static const struct shape_member invalidation_members[] = {
	{"Id", &shape_string, true, LOCATION_BODY},
	{"Status", &shape_string, true, LOCATION_BODY},
	{"CreateTime", &shape_timestamp, true, LOCATION_BODY},
	{"InvalidationBatch", &shape_batch, true, LOCATION_BODY},
	{0},
};
static const struct shape shape_invalidation = {
	.type = SHAPE_STRUCTURE, .members = invalidation_members};

static const struct shape_member summary_members[] = {
	{"Id", &shape_string, true, LOCATION_BODY},
	{"CreateTime", &shape_timestamp, true, LOCATION_BODY},
	{"Status", &shape_string, true, LOCATION_BODY},
	{0},
};
static const struct shape shape_summary = {
	.type = SHAPE_STRUCTURE, .members = summary_members};
static const struct shape shape_summary_list = {
	.type = SHAPE_LIST,
	.element = &shape_summary,
	.element_name = "InvalidationSummary",
};

static const struct shape_member list_members[] = {
	{"Marker", &shape_string, true, LOCATION_BODY},
	{"NextMarker", &shape_string, false, LOCATION_BODY},
	{"MaxItems", &shape_integer, true, LOCATION_BODY},
	{"IsTruncated", &shape_boolean, true, LOCATION_BODY},
	{"Quantity", &shape_integer, true, LOCATION_BODY},
	{"Items", &shape_summary_list, false, LOCATION_BODY},
	{0},
};
static const struct shape shape_list = {
	.type = SHAPE_STRUCTURE, .members = list_members};

static const struct shape_member create_input_members[] = {
	{"DistributionId", &shape_string, true, LOCATION_URI},
	{"InvalidationBatch", &shape_batch, true, LOCATION_BODY},
	{0},
};
const struct shape shape_create_input = {
	.type = SHAPE_STRUCTURE, .members = create_input_members};

static const struct shape_member get_input_members[] = {
	{"DistributionId", &shape_string, true, LOCATION_URI},
	{"Id", &shape_string, true, LOCATION_URI},
	{0},
};
const struct shape shape_get_input = {
	.type = SHAPE_STRUCTURE, .members = get_input_members};

static const struct shape_member list_input_members[] = {
	{"DistributionId", &shape_string, true, LOCATION_URI},
	{"Marker", &shape_string, false, LOCATION_QUERY},
	{"MaxItems", &shape_string, false, LOCATION_QUERY},
	{0},
};
const struct shape shape_list_input = {
	.type = SHAPE_STRUCTURE, .members = list_input_members};

static const struct shape_member tenant_create_input_members[] = {
	{"Id", &shape_string, true, LOCATION_URI},
	{"InvalidationBatch", &shape_batch, true, LOCATION_BODY},
	{0},
};
const struct shape shape_tenant_create_input = {
	.type = SHAPE_STRUCTURE, .members = tenant_create_input_members};

static const struct shape_member tenant_get_input_members[] = {
	{"DistributionTenantId", &shape_string, true, LOCATION_URI},
	{"Id", &shape_string, true, LOCATION_URI},
	{0},
};
const struct shape shape_tenant_get_input = {
	.type = SHAPE_STRUCTURE, .members = tenant_get_input_members};

static const struct shape_member tenant_list_input_members[] = {
	{"Id", &shape_string, true, LOCATION_URI},
	{"Marker", &shape_string, false, LOCATION_QUERY},
	{"MaxItems", &shape_integer, false, LOCATION_QUERY},
	{0},
};
const struct shape shape_tenant_list_input = {
	.type = SHAPE_STRUCTURE, .members = tenant_list_input_members};

static const struct shape_member create_output_members[] = {
	{"Location", &shape_string, false, LOCATION_HEADER},
	{"Invalidation", &shape_invalidation, false, LOCATION_BODY},
	{0},
};
const struct shape shape_create_output = {
	.type = SHAPE_STRUCTURE, .members = create_output_members};

static const struct shape_member get_output_members[] = {
	{"Invalidation", &shape_invalidation, false, LOCATION_BODY},
	{0},
};
const struct shape shape_get_output = {
	.type = SHAPE_STRUCTURE, .members = get_output_members};

static const struct shape_member list_output_members[] = {
	{"InvalidationList", &shape_list, false, LOCATION_BODY},
	{0},
};
const struct shape shape_list_output = {
	.type = SHAPE_STRUCTURE, .members = list_output_members};

const struct shape_member *
shape_member(const struct shape *shape, const char *name, size_t len)
{
	const struct shape_member *m;

	for (m = shape->members; m->name; m++)
		if (strlen(m->name) == len && memcmp(m->name, name, len) == 0)
			return m;
	return NULL;
}
