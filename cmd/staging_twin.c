/* Looks for the twins of distributions with continuous deployment. */
#include "cmd/staging_twin.h"

#include <string.h>
#include <strings.h>

#include "base/escape.h"
#include "cmd/console/log.h"
#include "cmd/settings.h"

enum {
	/* Sections whose distributions are asked for; each takes a call. */
	ASKED_MAX = 8,
};

static bool
is_staging_domain(const struct reading *primary, const char *domain_name)
{
	size_t i;

	for (i = 0; i < primary->continuous.staging_count; i++)
		if (strcasecmp(primary->continuous.staging[i], domain_name) ==
			0)
			return true;
	return false;
}

static bool
is_staging_of(const struct reading *twin, const struct reading *primary)
{
	return is_staging_domain(primary, twin->distribution.domain_name);
}

/* Is the twin of this one in the run, as far as is known? */
static bool
has_twin(const struct staging_run *run, size_t index)
{
	const struct inspection_reading *this =
		&run->inspections[index]->source;
	const struct inspection_reading *other;
	size_t i;

	for (i = 0; i < run->count; i++) {
		other = &run->inspections[i]->source;
		if (i != index &&
			(!other->was_read ||
				is_staging_of(
					&other->reading, &this->reading) ||
				is_staging_of(&this->reading, &other->reading)))
			return true;
	}
	return false;
}

/*
 * Is a section about a staging distribution of this one? `asked` counts the calls
 * that it took to find out.
 */
typedef bool is_section_staging(const struct settings *section,
	const struct inspection_reading *primary, size_t *asked);

/* It says so itself. */
static bool
expects_staging(const struct settings *section,
	const struct inspection_reading *primary, size_t *asked)
{
	const struct string_list *expected = &section->expect_alias;
	size_t i;

	(void)asked;
	for (i = 0; i < expected->count; i++)
		if (is_staging_domain(&primary->reading, expected->items[i]))
			return true;
	return false;
}

/* The file that its --inspect names says so. */
static bool
is_staging_by_file(const struct settings *section,
	const struct inspection_reading *primary, size_t *asked)
{
	struct inspection_reading twin = {
		.settings = section, .distribution = section->distribution};
	struct err why = ERR_INIT;
	bool is_staging;

	(void)asked;
	if (!inspection_file(section))
		return false;
	is_staging = inspection_reading_load(&twin, &why) == 0 &&
		     is_staging_of(&twin.reading, &primary->reading);
	reading_release(&twin.reading);
	return is_staging;
}

/* CloudFront says so, which is asked if it was asked for the primary. */
static bool
is_staging_by_id(const struct settings *section,
	const struct inspection_reading *primary, size_t *asked)
{
	const char *id = section->distribution;
	struct distribution found;
	struct arena texts;
	bool is_staging;

	if (!primary->was_asked || *asked == ASKED_MAX || !id ||
		strcmp(id, primary->reading.distribution.id) == 0)
		return false;
	++*asked;
	arena_init(&texts);
	is_staging = inspection_reading_peek(primary, id, &found, &texts) &&
		     is_staging_domain(&primary->reading, found.domain_name);
	arena_release(&texts);
	return is_staging;
}

static bool
is_in_run(const struct staging_run *run, const char *section)
{
	size_t i;

	for (i = 0; i < run->sections->count; i++)
		if (strcmp(run->sections->items[i], section) == 0)
			return true;
	return false;
}

/* The first section outside the run of which it is true, or NULL. */
static const char *
find_section(const struct staging_run *run, const struct config *config,
	const struct inspection_reading *primary,
	is_section_staging *is_staging)
{
	const struct settings nothing = {.root = NULL};
	struct settings settings;
	struct err err = ERR_INIT;
	const char *section;
	size_t i, asked = 0;
	bool found = false;

	for (i = 0; (section = config_section(config, i)) != NULL; i++) {
		if (is_in_run(run, section))
			continue;
		found = config_settings(config, section, FOR_INVALIDATE,
				&nothing, &settings, &err) == 0 &&
			is_staging(&settings, primary, &asked);
		settings_release(&settings);
		if (found)
			return section;
	}
	return NULL;
}

/* The section that covers a staging distribution of this one, or NULL. */
static const char *
find_staging_section(const struct staging_run *run, const struct config *config,
	const struct inspection_reading *primary)
{
	/* those that need no call come first */
	static is_section_staging *const ways[] = {
		expects_staging, is_staging_by_file, is_staging_by_id};
	const char *section = NULL;
	size_t i;

	if (!primary->reading.continuous.enabled ||
		primary->reading.distribution.staging)
		return NULL;
	for (i = 0; !section && i < sizeof(ways) / sizeof(ways[0]); i++)
		section = find_section(run, config, primary, ways[i]);
	return section;
}

static void
warn(const struct conclusions *conclusions, const char *section)
{
	const struct conclusion *c;
	struct escaped_name shown;
	size_t i;

	for (i = 0; i < conclusions->count; i++) {
		c = &conclusions->list[i];
		if (!inspection_is_of_staging(c))
			continue;
		if (section)
			log_warning("warning: %s (--distribution %s): %s",
				c->text, escape_show_str(&shown, section),
				c->reason);
		else
			log_warning("warning: %s: %s", c->text, c->reason);
	}
}

static bool
has_warning(const struct conclusions *conclusions)
{
	size_t i;

	for (i = 0; i < conclusions->count; i++)
		if (inspection_is_of_staging(&conclusions->list[i]))
			return true;
	return false;
}

void
staging_twin_warn(const struct staging_run *run, size_t index)
{
	const struct site_inspection *inspection = run->inspections[index];
	const struct config *config = run->config;
	struct config unnamed;

	if (!inspection->source.was_read ||
		!has_warning(&inspection->conclusions) || has_twin(run, index))
		return;
	config_open_unnamed(&unnamed);
	if (!config->path)
		config = &unnamed;
	warn(&inspection->conclusions,
		find_staging_section(run, config, &inspection->source));
	config_release(&unnamed);
}
