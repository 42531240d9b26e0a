/* Clock, randomness, waiting and the environment of this process. */
#ifndef CMD_HOST_H
#define CMD_HOST_H

#include "aws/call.h"
#include "aws/config.h"

extern const struct aws_host host;
extern const struct environment host_environment;

/* Milliseconds on a clock that only goes forward, also in a suspend. */
long long host_elapsed(void);

#endif
