/* The versions of edgediff and of the libraries that it uses. */
#ifndef CMD_CONSOLE_VERSIONS_H
#define CMD_CONSOLE_VERSIONS_H

/* Print them on standard output, one a line. */
void versions_print(void);

#endif
