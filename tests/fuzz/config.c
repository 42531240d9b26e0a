/*
 * edgediff.conf: what it gives each command are values of its entries, in the
 * sections that apply; an error names the file, and the line or the section.
 */
#include "tests/fuzz/fuzz.h"

#include "cmd/config.h"

static bool
is_of_entry(const struct config *config, const char *value)
{
	size_t i;

	for (i = 0; i < config->ini.count; i++)
		if (config->ini.entries[i].key &&
			config->ini.entries[i].value == value)
			return true;
	return false;
}

static void
try_command(const struct config *config, const char *section, unsigned bit,
	const struct settings *given)
{
	struct settings settings;
	struct err err = ERR_INIT;
	size_t i;

	if (config_settings(config, section, bit, given, &settings, &err) !=
		0) {
		fuzz_check_error(&err);
	} else {
		for (i = 0; i < settings.exclude.count; i++)
			HOLDS(is_of_entry(config, settings.exclude.items[i]));
		HOLDS(!settings.prefix || !strchr(settings.prefix, '\n'));
	}
	settings_release(&settings);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *names[] = {"docs", "www"};
	int fd = fuzz_file(data, size);
	struct settings given = {0};
	struct err err = ERR_INIT;
	struct config config;
	char path[32];
	unsigned bit, i;

	given.config = fuzz_path(fd, path);
	given.sections.items = names;
	given.sections.count = 1;
	if (size > 0 && *data == '#')
		given.sections.count = 2;
	if (config_open(&config, &given, &err) == 0) {
		for (bit = FOR_MANIFEST; bit <= FOR_INSPECT; bit <<= 1)
			for (i = 0; i < given.sections.count; i++)
				try_command(&config, names[i], bit, &given);
	} else {
		fuzz_check_error(&err);
		HOLDS(err.code == ERR_USAGE);
		HOLDS(strstr(err.message, path));
	}
	config_release(&config);
	close(fd);
	return 0;
}
