/* Runs a program, and reads both of its outputs. */
#include "aws/process.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/shell_words.h"

extern char **environ; /* passed on: it is the user's own program */

enum {
	POLL_MS = 200, /* how often to look for an interrupt */
};

struct process {
	pid_t pid; /* 0: not running */
	int out, error; /* our ends of two pipes; -1: closed */
	int out_end, error_end; /* the program's ends */
};

static void
close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Make a pipe. The program inherits neither end, except through dup2. */
static int
make_pipe(int *mine, int *other, struct err *err)
{
	int ends[2], i;

	if (pipe(ends) != 0)
		return err_system(err, "cannot make a pipe");
	*mine = ends[0];
	*other = ends[1];
	for (i = 0; i < 2; i++)
		if (fcntl(ends[i], F_SETFD, FD_CLOEXEC) != 0)
			return err_system(err, "cannot make a pipe");
	return 0;
}

/* Undo, for the program, what this process has set up for signals. */
static int
set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t none, defaults;
	int rc;

	sigemptyset(&none);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	sigaddset(&defaults, SIGXFSZ);
	rc = posix_spawnattr_setflags(
		attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
				    POSIX_SPAWN_SETSIGDEF);
	if (rc == 0)
		rc = posix_spawnattr_setpgroup(attributes, 0);
	if (rc == 0)
		rc = posix_spawnattr_setsigmask(attributes, &none);
	if (rc == 0)
		rc = posix_spawnattr_setsigdefault(attributes, &defaults);
	return rc;
}

static int
set_files(posix_spawn_file_actions_t *files, const struct process *p)
{
	int rc = posix_spawn_file_actions_addopen(
		files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);

	if (rc == 0)
		rc = posix_spawn_file_actions_adddup2(
			files, p->out_end, STDOUT_FILENO);
	if (rc == 0)
		rc = posix_spawn_file_actions_adddup2(
			files, p->error_end, STDERR_FILENO);
	return rc;
}

static int
spawn(struct process *p, const struct shell_words *words, struct err *err)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	struct escaped_name shown;
	int rc;

	if (posix_spawn_file_actions_init(&files) != 0)
		return err_memory(err);
	if (posix_spawnattr_init(&attributes) != 0) {
		posix_spawn_file_actions_destroy(&files);
		return err_memory(err);
	}
	rc = set_files(&files, p);
	if (rc == 0)
		rc = set_attributes(&attributes);
	if (rc == 0)
		rc = posix_spawnp(&p->pid, words->list[0], &files, &attributes,
			words->list, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&files);
	if (rc == 0)
		return 0;
	p->pid = 0;
	errno = rc;
	err_system(
		err, "cannot run %s", escape_show_str(&shown, words->list[0]));
	err->code = ERR_INPUT;
	return -1;
}

/*
 * Read once, and close the pipe at its end. What does not fit in the buffer is
 * an error if keep_all is set; otherwise it is dropped.
 */
static int
read_some(int *fd, struct buf *into, bool keep_all, struct err *err)
{
	char piece[4096];
	ssize_t got = read(*fd, piece, sizeof(piece));
	size_t room = into->max - into->len;

	if (got < 0 && errno == EINTR)
		return 0;
	if (got <= 0) {
		close_end(fd);
		return 0;
	}
	if ((size_t)got > room && keep_all)
		return err_set(err, ERR_INPUT, "it prints more than %zu bytes",
			into->max);
	buf_add(into, piece, (size_t)got < room ? (size_t)got : room);
	OPENSSL_cleanse(piece, sizeof(piece)); /* it may be a secret */
	return buf_check(into, err);
}

static int
check_time(const struct aws_system *system, int64_t end, long limit,
	struct err *err)
{
	if (system->wait(system->context, 0) != 0)
		return err_set(err, ERR_BUSY, "interrupted");
	if (system->elapsed(system->context) >= end)
		return err_set(err, ERR_INPUT, "it did not end within %ld s",
			limit / 1000);
	return 0;
}

/* Read until both outputs have ended. */
static int
read_both(struct process *p, struct buf *out, struct buf *error,
	const struct aws_system *system, long limit, struct err *err)
{
	int64_t end = system->elapsed(system->context) + limit;

	while (p->out >= 0 || p->error >= 0) {
		struct pollfd ends[] = {{.fd = p->out, .events = POLLIN},
			{.fd = p->error, .events = POLLIN}};

		if (check_time(system, end, limit, err) != 0)
			return -1;
		if (poll(ends, 2, POLL_MS) < 0 && errno != EINTR)
			return err_system(err, "poll");
		if (ends[0].revents && read_some(&p->out, out, true, err) != 0)
			return -1;
		if (ends[1].revents &&
			read_some(&p->error, error, false, err) != 0)
			return -1;
	}
	return 0;
}

/* Wait for the program, which may close both outputs and keep running. */
static int
wait_for_end(struct process *p, int *status, const struct aws_system *system,
	long limit, struct err *err)
{
	int64_t end = system->elapsed(system->context) + limit;
	pid_t done;

	while ((done = waitpid(p->pid, status, WNOHANG)) == 0) {
		if (check_time(system, end, limit, err) != 0)
			return -1;
		poll(NULL, 0, 1);
	}
	p->pid = 0;
	return done < 0 ? err_system(err, "waitpid") : 0;
}

/* Report what it wrote to standard error, as one line, or else its status. */
static int
report_failure(int status, const struct buf *error, struct err *err)
{
	const char *text = buf_str(error);
	size_t len = error->len;
	struct buf line;

	while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
		len--;
	if (len == 0 && WIFEXITED(status))
		return err_set(err, ERR_INPUT, "it ended with status %d",
			WEXITSTATUS(status));
	if (len == 0)
		return err_set(err, ERR_INPUT, "it was killed by signal %d",
			WTERMSIG(status));
	buf_init(&line, (size_t)4 * PROCESS_STDERR_MAX);
	escape_name_utf8(&line, text, len);
	err_set(err, ERR_INPUT, "%s", buf_shown(&line));
	buf_release(&line);
	return -1;
}

static int
run_words(struct process *p, struct buf *out, const struct shell_words *words,
	const struct aws_system *system, long limit, struct err *err)
{
	struct buf error;
	int status, rc = -1;

	buf_init(&error, PROCESS_STDERR_MAX);
	if (make_pipe(&p->out, &p->out_end, err) != 0 ||
		make_pipe(&p->error, &p->error_end, err) != 0 ||
		spawn(p, words, err) != 0)
		goto out;
	close_end(&p->out_end);
	close_end(&p->error_end);
	if (read_both(p, out, &error, system, limit, err) != 0 ||
		wait_for_end(p, &status, system, limit, err) != 0)
		goto out;
	rc = WIFEXITED(status) && WEXITSTATUS(status) == 0
		     ? 0
		     : report_failure(status, &error, err);
out:
	buf_wipe(&error);
	return rc;
}

/*
 * Kill the program's group, and the program itself, which may not be in it: not
 * yet, if posix_spawnp returns before the child has made its group, or no more.
 */
static void
end_process(struct process *p)
{
	if (p->pid > 0) {
		kill(-p->pid, SIGKILL);
		kill(p->pid, SIGKILL);
		while (waitpid(p->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	close_end(&p->out);
	close_end(&p->error);
	close_end(&p->out_end);
	close_end(&p->error_end);
}

int
process_run(struct buf *out, const char *command,
	const struct aws_system *system, long limit, struct err *err)
{
	struct process p = {
		.out = -1, .error = -1, .out_end = -1, .error_end = -1};
	struct shell_words words = {.list = NULL};
	int rc = shell_words_split(&words, command, err);

	if (rc == 0 && words.count == 0)
		rc = err_set(err, ERR_INPUT, "the command is empty");
	if (rc == 0)
		rc = run_words(&p, out, &words, system, limit, err);
	end_process(&p);
	shell_words_release(&words);
	return rc;
}
