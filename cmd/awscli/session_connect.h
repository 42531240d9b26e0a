/*
 * The shared AWS configuration of a session, and the AWS CLI's messages about
 * errors in it.
 */
#ifndef CMD_AWSCLI_SESSION_CONNECT_H
#define CMD_AWSCLI_SESSION_CONNECT_H

#include "cmd/awscli/session.h"

/*
 * Read the shared configuration, unless it has been read. Afterwards signals
 * are held (cmd/console/signals.h). Fails with AWSCLI_CONFIG_ERROR or
 * AWSCLI_GENERAL_ERROR.
 */
int session_connect(struct session *session, struct fault *fault);

#endif
