/* Prints versions. */
#include "cmd/console/versions.h"

#include <archive.h>
#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <libxml/xmlversion.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <xxhash.h>

#include "base/version.h"

void
versions_print(void)
{
	unsigned xxh = XXH_versionNumber();

	printf("edgediff %s\n", EDGEDIFF_VERSION);
	printf("libcurl %s\n", curl_version_info(CURLVERSION_NOW)->version);
	printf("%s\n", OpenSSL_version(OPENSSL_VERSION));
	printf("xxHash %u.%u.%u\n", xxh / 10000, xxh / 100 % 100, xxh % 100);
	printf("cJSON %s\n", cJSON_Version());
	printf("libxml2 %s\n", LIBXML_DOTTED_VERSION);
	printf("%s\n", archive_version_string());
}
