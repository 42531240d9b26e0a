/* Resolves the endpoint of a service. */
#include "aws/endpoint.h"

#include <stdio.h>
#include <string.h>

#include "base/escape.h"

static const char *const service_names[] = {[AWS_CLOUDFRONT] = "cloudfront",
	[AWS_S3] = "s3",
	[AWS_STS] = "sts",
	[AWS_SSO] = "sso"};

static const char *const service_variables[] = {
	[AWS_CLOUDFRONT] = "AWS_ENDPOINT_URL_CLOUDFRONT",
	[AWS_S3] = "AWS_ENDPOINT_URL_S3",
	[AWS_STS] = "AWS_ENDPOINT_URL_STS",
	[AWS_SSO] = "AWS_ENDPOINT_URL_SSO"};

/*
 * AWS's partitions, as in botocore's partitions.json; CloudFront has one
 * endpoint and one region in each.
 */
struct partition {
	const char *regions; /* prefix of its regions' names */
	const char *suffix;
	const char *dualstack_suffix;
	const char *cloudfront; /* after "cloudfront" or "cloudfront-fips" */
	const char *cloudfront_dualstack;
	const char *cloudfront_region;
};

static const struct partition partitions[] = {
	{"cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn",
		".cn-northwest-1.amazonaws.com.cn",
		".cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"},
	{"us-gov-", "amazonaws.com", "api.aws", ".amazonaws.com", ".api.aws",
		"us-gov-west-1"},
	{"us-iso-", "c2s.ic.gov", "api.aws.ic.gov", ".c2s.ic.gov",
		".api.aws.ic.gov", "us-iso-east-1"},
	{"us-isob-", "sc2s.sgov.gov", "api.aws.scloud", ".sc2s.sgov.gov",
		".api.aws.scloud", "us-isob-east-1"},
	{"us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov", ".csp.hci.ic.gov",
		".api.aws.hci.ic.gov", "us-isof-south-1"},
	{"eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk",
		".cloud.adc-e.uk", ".api.cloud-aws.adc-e.uk", "eu-isoe-west-1"},
	{"eusc-", "amazonaws.eu", "api.amazonwebservices.eu", ".amazonaws.eu",
		".api.amazonwebservices.eu", "eusc-de-east-1"},
	{"", "amazonaws.com", "api.aws", ".amazonaws.com", ".global.api.aws",
		"us-east-1"},
};

static const struct partition *
partition_of(const char *region)
{
	const struct partition *p = partitions;

	while (strncmp(region, p->regions, strlen(p->regions)) != 0)
		p++;
	return p;
}

/* Is it a region for which older SDKs called sts.amazonaws.com? */
static bool
is_legacy_sts(const struct aws_config *config, const char *region)
{
	static const char *const regions[] = {"ap-northeast-1", "ap-south-1",
		"ap-southeast-1", "ap-southeast-2", "aws-global",
		"ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1",
		"eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2",
		"us-west-1", "us-west-2"};
	const char *mode = aws_config_get(
		config, "AWS_STS_REGIONAL_ENDPOINTS", "sts_regional_endpoints");
	size_t i;

	if (!mode || strcmp(mode, "legacy") != 0)
		return false;
	for (i = 0; i < sizeof(regions) / sizeof(regions[0]); i++)
		if (strcmp(region, regions[i]) == 0)
			return true;
	return false;
}

static void
set_region(struct aws_endpoint *out, const char *region)
{
	snprintf(out->region, sizeof(out->region), "%s", region);
}

static void
own_cloudfront(struct aws_endpoint *out, const struct aws_config *config)
{
	const struct partition *p =
		partition_of(config->region ? config->region : "");

	snprintf(out->url, sizeof(out->url), "https://cloudfront%s%s",
		config->fips ? "-fips" : "",
		config->dualstack ? p->cloudfront_dualstack : p->cloudfront);
	set_region(out, p->cloudfront_region);
}

static void
own_sts(struct aws_endpoint *out, const struct aws_config *config)
{
	const char *region = config->region ? config->region : "aws-global";
	const struct partition *p = partition_of(region);
	/* GovCloud's ordinary endpoints are FIPS ones */
	bool fips = config->fips && strcmp(p->regions, "us-gov-") != 0;

	if (!config->region || (!config->fips && !config->dualstack &&
				       is_legacy_sts(config, region))) {
		snprintf(out->url, sizeof(out->url),
			"https://sts.amazonaws.com");
		set_region(out, "us-east-1");
		return;
	}
	snprintf(out->url, sizeof(out->url), "https://sts%s.%s.%s",
		fips ? "-fips" : "", region,
		config->dualstack ? p->dualstack_suffix : p->suffix);
	set_region(out, region);
}

/* Find an endpoint in the profile. Returns what configures it, or NULL. */
static const char *
find_in_profile(struct buf *text, const struct aws_config *config,
	enum aws_service service)
{
	const char *value;

	if (aws_config_service(
		    config, text, service_names[service], "endpoint_url") &&
		text->len > 0)
		return "the profile's endpoint_url";
	value = aws_config_get(config, NULL, "endpoint_url");
	buf_addstr(text, value ? value : "");
	return value ? "the profile's endpoint_url" : NULL;
}

/*
 * Find the configured endpoint. Sets *by to what configures it, or NULL if
 * nothing does.
 */
static int
find_configured(const char **by, struct buf *text,
	const struct aws_config *config, enum aws_service service,
	struct err *err)
{
	const char *variable = service_variables[service], *value, *missing;

	*by = NULL;
	if (aws_config_is_true(config, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
		    "ignore_configured_endpoint_urls"))
		return 0;
	value = environment_get(config->environment, variable);
	if (!value) {
		variable = "AWS_ENDPOINT_URL";
		value = environment_get(config->environment, variable);
	}
	if (value) {
		buf_addstr(text, value);
		*by = variable;
		return 0;
	}
	missing = aws_config_missing_services(config);
	if (missing)
		return err_set(err, ERR_INPUT,
			"The profile is configured to use the services section "
			"but the \"%s\" services configuration does not exist.",
			missing);
	*by = find_in_profile(text, config, service);
	return 0;
}

static int
check_url(const char *name, const char *url, bool option, struct err *err)
{
	struct escaped_name shown;

	if (strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0)
		return 0;
	return err_set(err, option ? ERR_USAGE : ERR_INPUT,
		"%s '%s': expected http://<hostname>/ or https://<hostname>/",
		name, escape_show_str(&shown, url));
}

int
aws_endpoint_resolve(struct aws_endpoint *out, const struct aws_config *config,
	enum aws_service service, const char *option, struct err *err)
{
	struct buf text;
	int rc = 0;

	*out = (struct aws_endpoint){.configured_by = NULL};
	buf_init(&text, ENDPOINT_MAX);
	if (option) {
		out->configured_by = "--endpoint-url";
		buf_addstr(&text, option);
	} else {
		rc = find_configured(
			&out->configured_by, &text, config, service, err);
	}
	set_region(out, config->region ? config->region : "us-east-1");
	if (rc != 0)
		goto out;
	if (buf_check(&text, err) != 0)
		rc = err_context(err, "%s", out->configured_by);
	else if (out->configured_by)
		rc = check_url(out->configured_by, buf_str(&text),
			option != NULL, err);
	else if (service == AWS_CLOUDFRONT)
		own_cloudfront(out, config);
	else if (service == AWS_STS)
		own_sts(out, config);
	if (rc == 0 && out->configured_by)
		memcpy(out->url, buf_str(&text), text.len + 1);
out:
	buf_release(&text);
	return rc;
}

/* May a token be sent there without TLS? */
static bool
is_this_machine(const char *url)
{
	static const char *const starts[] = {
		"http://127.0.0.1", "http://localhost", "http://[::1]"};
	size_t i, len;

	for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		len = strlen(starts[i]);
		if (strncmp(url, starts[i], len) == 0 &&
			(!url[len] || strchr(":/", url[len])) &&
			!strchr(url, '@'))
			return true;
	}
	return false;
}

int
aws_endpoint_resolve_sso(struct aws_endpoint *out,
	const struct aws_config *config, const char *region, struct err *err)
{
	const struct partition *p = partition_of(region);

	if (aws_endpoint_resolve(out, config, AWS_SSO, NULL, err) != 0)
		return -1;
	if (!out->configured_by)
		snprintf(out->url, sizeof(out->url),
			"https://portal.sso%s.%s.%s",
			config->fips ? "-fips" : "", region,
			config->dualstack ? p->dualstack_suffix : p->suffix);
	else if (strncmp(out->url, "https://", 8) != 0 &&
		 !is_this_machine(out->url))
		return err_set(err, ERR_INPUT,
			"%s is not https, and edgediff sends no token of "
			"aws sso login without TLS",
			out->configured_by);
	set_region(out, region);
	return 0;
}

const char *
aws_endpoint_suffix(const char *region)
{
	return partition_of(region)->suffix;
}

const char *
aws_endpoint_s3_label(const struct aws_config *config)
{
	if (config->fips)
		return config->dualstack ? "s3-fips.dualstack" : "s3-fips";
	return config->dualstack ? "s3.dualstack" : "s3";
}
