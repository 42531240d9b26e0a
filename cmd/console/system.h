/* Clock, randomness, waiting and the environment of this process. */
#ifndef CMD_CONSOLE_SYSTEM_H
#define CMD_CONSOLE_SYSTEM_H

#include "aws/environment.h"
#include "aws/system.h"

extern const struct aws_system system_for_aws;
extern const struct environment system_environment;

#endif
