/*
 * Parameters checked against a shape before anything is sent, as botocore
 * checks them: types and names only. Whether CloudFront likes the values is
 * for CloudFront to say.
 */
#ifndef CMD_AWSCLI_VALIDATE_H
#define CMD_AWSCLI_VALIDATE_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/shape.h"
#include "cmd/awscli/value.h"

/*
 * Check a dict of parameters. Fails with AWSCLI_PARAM_ERROR and botocore's
 * report, which has one line for each defect.
 */
int validate_parameters(const struct value *parameters,
	const struct shape *shape, struct fault *fault);

#endif
