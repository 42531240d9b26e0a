/* The version of edgediff. */
#ifndef CMD_VERSION_H
#define CMD_VERSION_H

#define EDGEDIFF_VERSION "0.1.0"

#endif
