/* Parses timestamps, and formats them as Python does. */
#include "cmd/awscli/timestamp.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Does the text begin like the form, in which 0 means any digit? */
static bool
has_form(const char *text, const char *form)
{
	for (; *form; form++, text++)
		if (*form == '0' ? !isdigit((unsigned char)*text)
				 : *text != *form)
			return false;
	return true;
}

static int
number(const char *text, int digits)
{
	int n = 0;

	for (; digits > 0; digits--)
		n = 10 * n + (*text++ - '0');
	return n;
}

/* Is a date valid? If not, as 2026-02-30, `why` is Python's message. */
static bool
check_date(const char *text, char why[TIMESTAMP_WHY_SIZE])
{
	static const int lengths[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int year = number(text, 4), month = number(text + 5, 2);
	int day = number(text + 8, 2), last;

	if (month < 1 || month > 12) {
		snprintf(why, TIMESTAMP_WHY_SIZE,
			"month must be in 1..12, not %d", month);
		return false;
	}
	last = lengths[month - 1];
	if (month == 2 && year % 4 == 0 && (year % 100 || year % 400 == 0))
		last = 29;
	if (day >= 1 && day <= last)
		return true;
	snprintf(why, TIMESTAMP_WHY_SIZE,
		"day %d must be in range 1..%d for month %d in year %d", day,
		last, month, year);
	return false;
}

/* The same for a time like 03:04:60. */
static bool
check_time(const char *text, char why[TIMESTAMP_WHY_SIZE])
{
	static const char *const names[] = {"hour", "minute", "second"};
	static const int most[] = {23, 59, 59};
	int i, n;

	for (i = 0; i < 3; i++) {
		n = number(text + 3 * i, 2);
		if (n > most[i]) {
			snprintf(why, TIMESTAMP_WHY_SIZE,
				"%s must be in 0..%d, not %d", names[i],
				most[i], n);
			return false;
		}
	}
	return true;
}

/* Read microseconds, with their dot, if there are any. Returns the rest. */
static const char *
read_fraction(char out[8], const char *at)
{
	size_t n = 0;

	*out = '\0';
	if (*at != '.')
		return at;
	out[n++] = '.';
	for (at++; isdigit((unsigned char)*at); at++)
		if (n < 7)
			out[n++] = *at;
	while (n < 7)
		out[n++] = '0';
	out[n] = '\0';
	if (strcmp(out, ".000000") == 0)
		*out = '\0';
	return at;
}

/* Format 1767323045 or 1767323045.5: seconds since 1970, in the local zone. */
static bool
format_seconds(char out[TIMESTAMP_SIZE], const char *text)
{
	char fraction[8], day[32], zone[8];
	const char *at = text + (*text == '-');
	struct tm local;
	time_t seconds;

	if (!isdigit((unsigned char)*at) || strlen(text) > 15)
		return false;
	at += strspn(at, "0123456789");
	at = read_fraction(fraction, at);
	if (*at || (*text == '-' && *fraction))
		return false;
	seconds = (time_t)strtoll(text, NULL, 10);
	if (!localtime_r(&seconds, &local) ||
		!strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &local) ||
		strftime(zone, sizeof(zone), "%z", &local) != 5)
		return false;
	snprintf(out, TIMESTAMP_SIZE, "%s%s%.3s:%s", day, fraction, zone,
		zone + 3);
	return true;
}

bool
timestamp_isoformat(char out[TIMESTAMP_SIZE], const char *text,
	char why[TIMESTAMP_WHY_SIZE])
{
	char fraction[8], zone[8] = "";
	const char *at = text + strlen("2026-01-02T03:04:05");

	snprintf(why, TIMESTAMP_WHY_SIZE, "%s",
		*text ? "Unknown string format"
		      : "String does not contain a date");
	if (format_seconds(out, text))
		return true;
	if (!has_form(text, "0000-00-00"))
		return false;
	if (text[10] && !has_form(text + 10, "T00:00:00") &&
		!has_form(text + 10, " 00:00:00"))
		return false;
	if (!check_date(text, why) || (text[10] && !check_time(text + 11, why)))
		return false;
	if (!text[10]) {
		snprintf(out, TIMESTAMP_SIZE, "%sT00:00:00", text);
		return true;
	}
	at = read_fraction(fraction, at);
	if (strcmp(at, "Z") == 0)
		snprintf(zone, sizeof(zone), "+00:00");
	else if ((*at == '+' || *at == '-') && has_form(at + 1, "00:00") &&
		 !at[6])
		snprintf(zone, sizeof(zone), "%s", at);
	else if (*at)
		return false;
	snprintf(out, TIMESTAMP_SIZE, "%.10sT%.8s%s%s", text, text + 11,
		fraction, zone);
	return true;
}
