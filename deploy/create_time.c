/* Compares the times of invalidations. */
#include "deploy/create_time.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

int
create_time_compare(const char *a, const char *b)
{
	enum { SECONDS = sizeof("2026-11-23T09:40:00") - 1 };
	int order = strncmp(a, b, SECONDS);
	size_t left, right;

	if (order != 0 || strlen(a) < SECONDS)
		return order;
	a += SECONDS + (a[SECONDS] == '.');
	b += SECONDS + (b[SECONDS] == '.');
	left = strspn(a, "0123456789");
	right = strspn(b, "0123456789");
	order = strncmp(a, b, left < right ? left : right);
	/* a longer fraction is later: .5 before .51 */
	return order != 0 ? order : (left > right) - (left < right);
}

/* Days since 1970-01-01 of a date in the Gregorian calendar. */
static int64_t
days_of(int year, int month, int day)
{
	static const int before[] = {
		0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
	int past = year - 1; /* leap days of whole years */
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return 365LL * (year - 1970) + past / 4 - past / 100 + past / 400 -
	       477 + before[month - 1] + (leap && month > 2) + day - 1;
}

int64_t
create_time_seconds(const char *text)
{
	struct tm tm = {0};
	const char *end = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm);

	if (!end || end - text != sizeof("2026-11-23T09:40:00") - 1 ||
		tm.tm_year < 70)
		return -1;
	return ((days_of(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday) * 24 +
			tm.tm_hour) *
			       60 +
		       tm.tm_min) *
		       60 +
	       tm.tm_sec;
}
