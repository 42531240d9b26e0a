/* Recognises CI systems by their variables. */
#include "cmd/console/ci.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char *const variables[] = {
	"CI", /* GitHub, GitLab, CircleCI, Travis, Bitbucket, Cloudflare, ... */
	"GITHUB_ACTIONS",
	"GITLAB_CI",
	"CIRCLECI",
	"BUILDKITE",
	"JENKINS_URL",
	"TEAMCITY_VERSION",
	"TF_BUILD", /* Azure Pipelines */
	"CODEBUILD_BUILD_ID", /* AWS CodeBuild */
	"BITBUCKET_BUILD_NUMBER",
	"DRONE",
};

bool
ci_is_running(void)
{
	const char *value;
	size_t i;

	for (i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		value = getenv(variables[i]);
		if (value && *value && strcmp(value, "false") != 0)
			return true;
	}
	return false;
}
