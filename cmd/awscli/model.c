/* The shapes. */
#include "cmd/awscli/model.h"

#include <string.h>

const struct shape shape_string = {.type = SHAPE_STRING};
const struct shape shape_integer = {.type = SHAPE_INTEGER};
static const struct shape shape_boolean = {.type = SHAPE_BOOLEAN};
static const struct shape shape_timestamp = {.type = SHAPE_TIMESTAMP};

static const struct shape shape_path_list = {
	.type = SHAPE_LIST,
	.element = &shape_string,
	.element_name = "Path",
};

static const struct shape_member paths_members[] = {
	{"Quantity", &shape_integer, true, IN_BODY},
	{"Items", &shape_path_list, false, IN_BODY},
	{0},
};
static const struct shape shape_paths = {
	.type = SHAPE_STRUCTURE, .members = paths_members};

static const struct shape_member batch_members[] = {
	{"Paths", &shape_paths, true, IN_BODY},
	{"CallerReference", &shape_string, true, IN_BODY},
	{0},
};
const struct shape shape_batch = {
	.type = SHAPE_STRUCTURE, .members = batch_members};

static const struct shape_member invalidation_members[] = {
	{"Id", &shape_string, true, IN_BODY},
	{"Status", &shape_string, true, IN_BODY},
	{"CreateTime", &shape_timestamp, true, IN_BODY},
	{"InvalidationBatch", &shape_batch, true, IN_BODY},
	{0},
};
static const struct shape shape_invalidation = {
	.type = SHAPE_STRUCTURE, .members = invalidation_members};

static const struct shape_member summary_members[] = {
	{"Id", &shape_string, true, IN_BODY},
	{"CreateTime", &shape_timestamp, true, IN_BODY},
	{"Status", &shape_string, true, IN_BODY},
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
	{"Marker", &shape_string, true, IN_BODY},
	{"NextMarker", &shape_string, false, IN_BODY},
	{"MaxItems", &shape_integer, true, IN_BODY},
	{"IsTruncated", &shape_boolean, true, IN_BODY},
	{"Quantity", &shape_integer, true, IN_BODY},
	{"Items", &shape_summary_list, false, IN_BODY},
	{0},
};
static const struct shape shape_list = {
	.type = SHAPE_STRUCTURE, .members = list_members};

static const struct shape_member create_input_members[] = {
	{"DistributionId", &shape_string, true, IN_PATH},
	{"InvalidationBatch", &shape_batch, true, IN_BODY},
	{0},
};
const struct shape shape_create_input = {
	.type = SHAPE_STRUCTURE, .members = create_input_members};

static const struct shape_member get_input_members[] = {
	{"DistributionId", &shape_string, true, IN_PATH},
	{"Id", &shape_string, true, IN_PATH},
	{0},
};
const struct shape shape_get_input = {
	.type = SHAPE_STRUCTURE, .members = get_input_members};

static const struct shape_member list_input_members[] = {
	{"DistributionId", &shape_string, true, IN_PATH},
	{"Marker", &shape_string, false, IN_QUERY},
	{"MaxItems", &shape_string, false, IN_QUERY},
	{0},
};
const struct shape shape_list_input = {
	.type = SHAPE_STRUCTURE, .members = list_input_members};

static const struct shape_member tenant_create_input_members[] = {
	{"Id", &shape_string, true, IN_PATH},
	{"InvalidationBatch", &shape_batch, true, IN_BODY},
	{0},
};
const struct shape shape_tenant_create_input = {
	.type = SHAPE_STRUCTURE, .members = tenant_create_input_members};

static const struct shape_member tenant_get_input_members[] = {
	{"DistributionTenantId", &shape_string, true, IN_PATH},
	{"Id", &shape_string, true, IN_PATH},
	{0},
};
const struct shape shape_tenant_get_input = {
	.type = SHAPE_STRUCTURE, .members = tenant_get_input_members};

static const struct shape_member tenant_list_input_members[] = {
	{"Id", &shape_string, true, IN_PATH},
	{"Marker", &shape_string, false, IN_QUERY},
	{"MaxItems", &shape_integer, false, IN_QUERY},
	{0},
};
const struct shape shape_tenant_list_input = {
	.type = SHAPE_STRUCTURE, .members = tenant_list_input_members};

static const struct shape_member create_output_members[] = {
	{"Location", &shape_string, false, IN_HEADER},
	{"Invalidation", &shape_invalidation, false, IN_BODY},
	{0},
};
const struct shape shape_create_output = {
	.type = SHAPE_STRUCTURE, .members = create_output_members};

static const struct shape_member get_output_members[] = {
	{"Invalidation", &shape_invalidation, false, IN_BODY},
	{0},
};
const struct shape shape_get_output = {
	.type = SHAPE_STRUCTURE, .members = get_output_members};

static const struct shape_member list_output_members[] = {
	{"InvalidationList", &shape_list, false, IN_BODY},
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
