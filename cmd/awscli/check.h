/*
 * Checks parameters against a shape before anything is sent, as botocore
 * does: all that is wrong, a line each. Types and names only; what CloudFront
 * thinks of the values is CloudFront's to say.
 */
#ifndef CMD_AWSCLI_CHECK_H
#define CMD_AWSCLI_CHECK_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/model.h"
#include "cmd/awscli/value.h"

int check_parameters(const struct value *parameters, const struct shape *shape,
	struct fault *fault);

#endif
