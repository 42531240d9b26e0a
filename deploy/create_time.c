/* Compares the times of invalidations. */
#include "deploy/create_time.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

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
	int year, month, day, hour, minute, second, used = 0;

	if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%n", &year, &month, &day,
		    &hour, &minute, &second, &used) != 6 ||
		used != (int)sizeof("2026-11-23T09:40:00") - 1 || year < 1970 ||
		month < 1 || month > 12 || day < 1 || day > 31)
		return -1;
	return ((days_of(year, month, day) * 24 + hour) * 60 + minute) * 60 +
	       second;
}
