/* Writes and checks standard output. */
#include "cmd/console/output.h"

#include <errno.h>
#include <stdio.h>

int
output_emit(void *to, const void *bytes, size_t len, struct err *err)
{
	(void)to;
	if (fwrite(bytes, 1, len, stdout) != len)
		return err_system(err, "cannot write standard output");
	return 0;
}

int
output_finish(struct err *err)
{
	errno = 0;
	if (fflush(stdout) != 0 || ferror(stdout))
		return err_system(err, "cannot write standard output");
	return 0;
}
