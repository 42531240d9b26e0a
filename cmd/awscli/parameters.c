/* Makes the parameters of an operation. */
#include "cmd/awscli/parameters.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "cmd/awscli/json.h"
#include "cmd/awscli/paramfile.h"
#include "cmd/awscli/python_int.h"
#include "cmd/awscli/python_text.h"
#include "cmd/awscli/shorthand.h"
#include "cmd/awscli/value_repr.h"
#include "cmd/awscli/yaml_reader.h"

enum {
	REFERENCES = 1000 * 1000, /* different ones within a second */
	PROBLEM_MAX = 256,
};

struct parameter_builder {
	struct parameters *out;
	struct arena *arena;
	const struct arg_parser *parser;
	const struct arg_result *options;
	const struct aws_system *system;
	struct fault *fault;
};

/* The option for a member: --invalidation-batch for InvalidationBatch. */
static void
option_of(char *out, const char *member)
{
	*out++ = '-';
	*out++ = '-';
	for (; *member; member++) {
		if (*member >= 'A' && *member <= 'Z') {
			if (out[-1] != '-')
				*out++ = '-';
			*out++ = ascii_lower(*member);
		} else {
			*out++ = *member;
		}
	}
	*out = '\0';
}

/* The first character after white space, or NUL. */
static char
first_char(const struct value *text)
{
	size_t i = 0, n = 1;

	for (; n > 0; i += n)
		n = python_space_length(text->text + i, text->len - i);
	return i < text->len ? text->text[i] : '\0';
}

static struct value *
read_json(struct parameter_builder *b, const struct value *given,
	const char *option)
{
	struct value *value;
	struct buf problem;

	buf_init(&problem, PROBLEM_MAX);
	value = json_read(b->arena, given->text, given->len, true, &problem);
	if (!value) {
		fault_set(b->fault, AWSCLI_PARAM_ERROR,
			"Error parsing parameter '%s': Invalid JSON: %s\n"
			"JSON received: ",
			option, buf_shown(&problem));
		buf_add(&b->fault->text, given->text, given->len);
	}
	buf_release(&problem);
	return value;
}

/* Read a structure: as JSON if it begins like JSON, otherwise as shorthand. */
static struct value *
read_structure(struct parameter_builder *b, const struct value *given,
	const struct shape *shape, const char *option)
{
	char first = first_char(given);

	if (given->type == VALUE_BYTES) {
		fault_set(b->fault, AWSCLI_GENERAL_ERROR,
			"'in <string>' requires string as left operand, not "
			"int");
		return NULL;
	}
	if (first == '{')
		return read_json(b, given, option);
	if (first != '[')
		return shorthand_read(b->arena, given->text, given->len, shape,
			option, b->fault);
	fault_set(b->fault, AWSCLI_PARAM_ERROR,
		"Error parsing parameter '%s': Invalid JSON:\n", option);
	buf_add(&b->fault->text, given->text, given->len);
	return NULL;
}

static int
put(struct parameter_builder *b, struct value *dict, const char *key,
	struct value *value)
{
	return value_set(dict, key, value) ? 0 : fault_no_memory(b->fault);
}

static int
take_member(struct parameter_builder *b, const struct shape_member *member,
	const char *option)
{
	const char *text = arg_value(b->parser, b->options, option);
	struct value *value;

	if (!text)
		return 0;
	if (paramfile_load(&value, b->arena, text, option, b->fault) != 0)
		return -1;
	if (member->shape->type == SHAPE_STRUCTURE)
		value = read_structure(b, value, member->shape, option);
	else if (member->shape->type == SHAPE_INTEGER)
		value = python_int(b->arena, value, b->fault);
	return value ? put(b, b->out->all, member->name, value) : -1;
}

static struct value *
read_paths(struct parameter_builder *b, const struct arg_values *paths)
{
	struct value *list = value_new(b->arena, VALUE_LIST), *only;
	size_t i;

	/* a single file:// is the text of that file: a string, not a list */
	if (paths->count == 1 &&
		paramfile_load(&only, b->arena, paths->items[0], "--paths",
			b->fault) != 0)
		return NULL;
	if (paths->count == 1 &&
		(only->type == VALUE_BYTES ||
			strncmp(paths->items[0], "file://", 7) == 0))
		return only;
	for (i = 0; list && i < paths->count; i++)
		if (!value_append(
			    list, value_new_string(b->arena, paths->items[i])))
			list = NULL;
	if (!list)
		fault_no_memory(b->fault);
	return list;
}

/* --paths: a batch with a CallerReference of the form that the CLI makes. */
static int
take_paths(struct parameter_builder *b)
{
	const struct arg_values *given =
		arg_values(b->parser, b->options, "--paths");
	struct value *batch, *paths, *items;
	void *context = b->system->context;
	char reference[64];
	size_t count;

	if (!given->given)
		return 0;
	items = read_paths(b, given);
	if (!items)
		return -1;
	count = items->type == VALUE_LIST ? items->count
		: items->type == VALUE_STRING
			? python_text_length(items->text, items->len)
			: items->len;
	snprintf(reference, sizeof(reference), "cli-%" PRId64 "-%d",
		b->system->now(context),
		1 + (int)(b->system->random(context) * REFERENCES));
	batch = value_new(b->arena, VALUE_DICT);
	paths = value_new(b->arena, VALUE_DICT);
	if (!batch || !paths ||
		!value_set(batch, "CallerReference",
			value_new_string(b->arena, reference)) ||
		!value_set(paths, "Quantity",
			value_new_int(b->arena, (long long)count)) ||
		!value_set(paths, "Items", items) ||
		!value_set(batch, "Paths", paths))
		return fault_no_memory(b->fault);
	return put(b, b->out->all, "InvalidationBatch", batch);
}

static void
warn_of_few(struct parameter_builder *b, const struct value *given)
{
	static const char text[] = "warning: Non-positive values for "
				   "--max-items may result in undefined "
				   "behavior.\n";
	const struct value *number =
		value_parse_int(b->arena, given->text, given->len);

	if (number && value_to_integer(number) <= 0)
		fault_write(text, strlen(text));
}

/* The options of the paginator. */
static int
take_pagination(struct parameter_builder *b)
{
	static const struct {
		const char *option, *name;
	} rows[] = {
		{"--max-items", "MaxItems"},
		{"--starting-token", "StartingToken"},
		{"--page-size", "PageSize"},
	};
	struct value *pagination = value_new(b->arena, VALUE_DICT), *value;
	const char *text;
	size_t i;

	if (!pagination)
		return fault_no_memory(b->fault);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text = arg_value(b->parser, b->options, rows[i].option);
		if (!text || (i == 0 && !b->out->paginate))
			continue;
		if (paramfile_load(&value, b->arena, text, rows[i].option,
			    b->fault) != 0 ||
			put(b, pagination, rows[i].name, value) != 0)
			return -1;
		if (i == 0)
			warn_of_few(b, value);
	}
	return pagination->first
		       ? put(b, b->out->all, "PaginationConfig", pagination)
		       : 0;
}

/* Options that ask for a single page exclude those of the paginator. */
static int
decide_pagination(struct parameter_builder *b)
{
	const char *token =
		arg_value(b->parser, b->options, "--starting-token");
	const char *size = arg_value(b->parser, b->options, "--page-size");

	if (arg_value(b->parser, b->options, "--marker"))
		b->out->paginate = false;
	if (b->out->paginate || !((token && *token) || (size && *size)))
		return 0;
	return fault_set(b->fault, AWSCLI_PARAM_ERROR,
		"Cannot specify --no-paginate along with pagination arguments: "
		"%s%s%s",
		token && *token ? "--starting-token" : "",
		token && *token && size && *size ? ", " : "",
		size && *size ? "--page-size" : "");
}

/* Read the text of an --cli-input option, whose name is without its dashes. */
static int
read_input(struct parameter_builder *b, const char *option, bool yaml,
	struct value **input)
{
	struct value *given;
	struct buf problem;

	if (paramfile_load(&given, b->arena,
		    arg_value(b->parser, b->options, option), option,
		    b->fault) != 0)
		return -1;
	buf_init(&problem, PROBLEM_MAX);
	*input = yaml ? yaml_read(b->arena, given->text, given->len, &problem)
		      : json_read(b->arena, given->text, given->len, false,
				&problem);
	if (!*input)
		fault_set(b->fault, AWSCLI_PARAM_ERROR,
			"Error parsing parameter '%s': %s", option + 2,
			yaml ? buf_shown(&problem) : "Invalid JSON received.");
	buf_release(&problem);
	if (!*input)
		return -1;
	if (!value_is_dict(*input))
		return fault_set(b->fault, AWSCLI_PARAM_ERROR,
			"Error parsing parameter '%s': Invalid type: expecting "
			"map, received <class '%s'>",
			option, value_type_name(*input));
	return 0;
}

/* Take each top-level key of an --cli-input that no option has set. */
static int
take_input(struct parameter_builder *b)
{
	static const char json[] = "--cli-input-json";
	static const char yaml[] = "--cli-input-yaml";
	bool is_json = arg_value(b->parser, b->options, json);
	bool is_yaml = arg_value(b->parser, b->options, yaml);
	struct value *input, *v, *next;

	if (is_json && is_yaml)
		return fault_set(b->fault, AWSCLI_PARAM_ERROR,
			"Only one --cli-input- parameter may be specified.");
	if (is_yaml && !yaml_is_read())
		return fault_set(b->fault, AWSCLI_PARAM_ERROR,
			"--cli-input-yaml is not supported by this edgediff, "
			"which was built without libyaml; use "
			"--cli-input-json");
	if (!is_json && !is_yaml)
		return 0;
	if (read_input(b, is_yaml ? yaml : json, is_yaml, &input) != 0)
		return -1;
	for (v = input->first; v; v = next) {
		next = v->next;
		v->next = NULL;
		if (v->key_len == strlen(v->key) &&
			value_get(b->out->all, v->key))
			continue;
		if (!value_set_key(b->out->all, v->key, v->key_len, v))
			return fault_no_memory(b->fault);
	}
	return 0;
}

static int
check_exclusive(struct parameter_builder *b)
{
	if (arg_value(b->parser, b->options, "--paths") &&
		arg_value(b->parser, b->options, "--invalidation-batch"))
		return fault_set(b->fault, AWSCLI_PARAM_ERROR,
			"The key \"paths\" cannot be specified when one of the "
			"following keys are also specified: "
			"invalidation_batch");
	return 0;
}

int
parameters_make(struct parameters *out, struct arena *arena,
	const struct operation *operation, const struct arg_parser *parser,
	const struct arg_result *options, const struct aws_system *system,
	struct fault *fault)
{
	struct parameter_builder b = {
		out, arena, parser, options, system, fault};
	const struct shape_member *member;
	char option[64];

	out->skeleton = arg_value(parser, options, "--generate-cli-skeleton");
	out->all = value_new(arena, VALUE_DICT);
	if (!out->all)
		return fault_no_memory(fault);
	if (check_exclusive(&b) != 0 ||
		(operation->paginated && decide_pagination(&b) != 0))
		return -1;
	for (member = operation->input->members; member->name; member++) {
		option_of(option, member->name);
		if (operation->paginated && out->paginate &&
			member->location == LOCATION_QUERY)
			continue;
		if (take_member(&b, member, option) != 0)
			return -1;
	}
	if (take_paths(&b) != 0 ||
		(operation->paginated && take_pagination(&b) != 0) ||
		take_input(&b) != 0)
		return -1;
	if (value_get(out->all, "Marker") || value_get(out->all, "MaxItems"))
		out->paginate = false;
	return 0;
}
