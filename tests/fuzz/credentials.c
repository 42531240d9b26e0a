/*
 * Credentials in JSON, of a program and of a service: those that are read can be sent
 * in a header; an error quotes nothing, for which the input has a known secret.
 */
#include "tests/fuzz/fuzz.h"

#include "aws/credentials.h"
#include "aws/metadata.h"

static const char secret[] = "wJalrXUtnFEMI";

static void
try_form(const char *text, enum credentials_form form)
{
	struct credentials credentials = {0}, copy = {0};
	struct err err = ERR_INIT;

	if (credentials_read_json(&credentials, text, form, &err) == 0) {
		HOLDS(metadata_is_header_value(credentials.access_key));
		HOLDS(credentials.access_key[0] && credentials.secret_key[0]);
		/* an empty one is none, as for botocore */
		HOLDS(!credentials.session_token ||
			credentials.session_token[0]);
		HOLDS(!credentials.session_token ||
			metadata_is_header_value(credentials.session_token));
		HOLDS(credentials_set(&copy, credentials.access_key,
			      credentials.secret_key, credentials.session_token,
			      &err) == 0);
		HOLDS(credentials_are_equal(&credentials, &copy));
	} else {
		fuzz_check_error(&err);
		HOLDS(!strstr(err.message, secret));
	}
	credentials_release(&credentials);
	credentials_release(&copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_string(data, size);

	if (size <= CREDENTIALS_MAX) {
		try_form(text, CREDENTIALS_PROCESS);
		try_form(text, CREDENTIALS_SERVICE);
	}
	free(text);
	return 0;
}
