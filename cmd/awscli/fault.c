/* Stores and prints a fault. */
#include "cmd/awscli/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cmd/console/signals.h"

/* Define the functions, not the macros around them. */
#undef fault_set
#undef fault_from_err
#undef fault_no_memory

enum {
	TEXT_MAX = 64 * 1024 * 1024, /* it may quote a parameter file */
};

void
fault_init(struct fault *fault)
{
	*fault = (struct fault){.status = AWSCLI_OK};
	buf_init(&fault->text, TEXT_MAX);
}

void
fault_release(struct fault *fault)
{
	buf_release(&fault->text);
}

/* An empty fault with what belongs to a status. */
static void
begin(struct fault *fault, int status)
{
	fault->status = status;
	fault->code = status == AWSCLI_PARAM_ERROR    ? "ParamValidation"
		      : status == AWSCLI_CONFIG_ERROR ? "Configuration"
						      : NULL;
	fault->usage = FAULT_USAGE_NONE;
	fault->own = 0;
	buf_clear(&fault->text);
}

int
fault_set(struct fault *fault, int status, const char *fmt, ...)
{
	char *text = NULL;
	va_list args;
	int len;

	begin(fault, status);
	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len >= 0)
		text = malloc((size_t)len + 1);
	if (!text)
		return fault_no_memory(fault);
	va_start(args, fmt);
	vsnprintf(text, (size_t)len + 1, fmt, args);
	va_end(args);
	buf_add(&fault->text, text, (size_t)len);
	free(text);
	return -1;
}

int
fault_from_err(struct fault *fault, int status, const struct err *err)
{
	fault_set(fault, status, "%s", err->message);
	if (status == AWSCLI_CONFIG_ERROR)
		fault->code = "NoCredentials";
	return -1;
}

int
fault_no_memory(struct fault *fault)
{
	begin(fault, AWSCLI_GENERAL_ERROR);
	buf_addstr(&fault->text, "out of memory");
	return -1;
}

int
fault_status_of(const struct err *err)
{
	return err->code == ERR_UNCONFIGURED ? AWSCLI_CONFIG_ERROR
					     : AWSCLI_GENERAL_ERROR;
}

void
fault_write(const char *text, size_t len)
{
	size_t at = 0, run, n;

	while (at < len && !signals_caught()) {
		/* not byte by byte: it may quote a large response */
		for (run = 0; at + run < len; run += n) {
			n = utf8_length(text + at + run, len - at - run);
			if (n == 0)
				break;
		}
		fwrite(text + at, 1, run, stderr);
		at += run;
		if (at < len)
			fprintf(stderr, "\\udc%02x", (unsigned char)text[at++]);
	}
}
