/* The commands: command_NAME, of cmd/cmd_NAME.c, runs the command NAME. */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include "cmd/exit_status.h"

/* Each returns an exit status. argv[0] is the command's name. */
int command_announce(int argc, char **argv);
int command_diff(int argc, char **argv);
int command_inspect(int argc, char **argv);
int command_invalidate(int argc, char **argv);
int command_manifest(int argc, char **argv);
int command_merge(int argc, char **argv);
int command_plan(int argc, char **argv);
int command_status(int argc, char **argv);
int command_verify(int argc, char **argv);

/* argv[0] may also be an option that asks for the same. */
int command_help(int argc, char **argv);
int command_version(int argc, char **argv);

#endif
