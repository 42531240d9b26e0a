/* The version of edgediff. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define EDGEDIFF_VERSION "0.1.0"

#endif
