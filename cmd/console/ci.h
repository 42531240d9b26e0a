/* Does a CI system run this program? */
#ifndef CMD_CONSOLE_CI_H
#define CMD_CONSOLE_CI_H

#include <stdbool.h>

/*
 * Is a variable set, other than to "" or "false", by which a CI system can be
 * known? Most set CI.
 */
bool ci_is_running(void);

#endif
