/* The clock, randomness, waits and environment of this process, for aws. */
#ifndef CMD_CONSOLE_SYSTEM_H
#define CMD_CONSOLE_SYSTEM_H

#include "aws/environment.h"
#include "aws/system.h"

extern const struct aws_system system_for_aws;
extern const struct environment system_environment;

#endif
