/*
 * Preloaded into edgediff, makes of it a server that starts edgediff again and
 * again without the cost of loading its libraries, with a clock that only the
 * simulation moves. It takes a request on standard input, forks, writes the
 * child's pid on standard output, and its wait status when it has ended. The
 * child runs edgediff's main with the arguments of the request.
 *
 * A request is a length of four bytes, then as many bytes of strings, each with
 * its NUL: KILL (a number: the child kills itself before so many of the calls
 * that are counted here; 0: never), SEED (of its random numbers), the files for
 * standard output and standard error, PORT (see wait_for), the number of
 * arguments, the arguments, and the environment up to the end.
 *
 * SIMULATION_CLOCK names a file with the time, eight bytes of milliseconds.
 * Only calls of the program itself get that time: libraries keep the true one.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ARGUMENTS_MAX = 200, REQUEST_MAX = 1 << 16 };

typedef int main_fn(int argc, char **argv, char **env);

static main_fn *program_main;
static uintptr_t begin, end;
static volatile const int64_t *simulated_clock;
static long kill_at, calls;
static uint64_t seed;
static int port;

/* ------------------------------------------------ what the program calls */

static int
find_program(struct dl_phdr_info *info, size_t size, void *context)
{
	uintptr_t last;
	int i;

	(void)size, (void)context;
	begin = info->dlpi_addr;
	for (i = 0; i < info->dlpi_phnum; i++) {
		last = begin + info->dlpi_phdr[i].p_vaddr +
		       info->dlpi_phdr[i].p_memsz;
		if (info->dlpi_phdr[i].p_type == PT_LOAD && last > end)
			end = last;
	}
	return 1;
}

/* Does the program itself call, and not a library? */
#define IS_OWN() is_own((uintptr_t)__builtin_return_address(0))

static int
is_own(uintptr_t caller)
{
	return simulated_clock && caller >= begin && caller < end;
}

/* Count a call that is about to change something; it may be the last. */
static void
count_call(void)
{
	if (kill_at > 0 && ++calls == kill_at)
		raise(SIGKILL);
}

int
clock_gettime(clockid_t which, struct timespec *now)
{
	if (!IS_OWN())
		return (int)syscall(SYS_clock_gettime, which, now);
	now->tv_sec = *simulated_clock / 1000;
	now->tv_nsec = *simulated_clock % 1000 * 1000000;
	return 0;
}

time_t
time(time_t *out)
{
	struct timespec now;
	time_t seconds;

	if (IS_OWN()) {
		seconds = *simulated_clock / 1000;
	} else {
		syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
		seconds = now.tv_sec;
	}
	if (out)
		*out = seconds;
	return seconds;
}

/* The same numbers in each run of a seed, and others in each process. */
int
RAND_bytes(unsigned char *bytes, int count)
{
	uint64_t mixed;
	int i;

	for (i = 0; i < count; i++) { /* splitmix64 */
		seed += 0x9e3779b97f4a7c15;
		mixed = (seed ^ seed >> 30) * 0xbf58476d1ce4e5b9;
		mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
		bytes[i] = (unsigned char)(mixed >> 56);
	}
	return 1;
}

/* Tell the simulation, which moves the clock and then answers. */
static void
wait_for(long milliseconds)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	char text[64];
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int len =
		snprintf(text, sizeof(text), "WAIT %ld\r\n\r\n", milliseconds);

	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
		send(fd, text, (size_t)len, MSG_NOSIGNAL) != len ||
		recv(fd, text, 1, 0) != 1)
		_exit(98);
	close(fd);
}

int
pselect(int count, fd_set *restrict in, fd_set *restrict out,
	fd_set *restrict bad, const struct timespec *restrict time,
	const sigset_t *restrict mask)
{
	(void)count, (void)in, (void)out, (void)bad, (void)mask;
	count_call();
	wait_for(time->tv_sec * 1000 + time->tv_nsec / 1000000);
	return 0;
}

int
nanosleep(const struct timespec *time, struct timespec *left)
{
	(void)left;
	wait_for(time->tv_sec * 1000 + time->tv_nsec / 1000000);
	return 0;
}

int
rename(const char *from, const char *to)
{
	count_call();
	return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
renameat(int from_fd, const char *from, int to_fd, const char *to)
{
	count_call();
	return (int)syscall(SYS_renameat2, from_fd, from, to_fd, to, 0);
}

int
fsync(int fd)
{
	(void)fd;
	count_call(); /* the disk is not simulated */
	return 0;
}

int
unlink(const char *path)
{
	count_call();
	return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

ssize_t
write(int fd, const void *bytes, size_t len)
{
	if (IS_OWN())
		count_call();
	return syscall(SYS_write, fd, bytes, len);
}

int
flock(int fd, int how)
{
	count_call();
	return (int)syscall(SYS_flock, fd, how);
}

/* ------------------------------------------------ the server */

/* Read all of it; false at the end of the input. */
static int
read_whole(int fd, void *to, size_t len)
{
	char *next = to;
	ssize_t got;

	while (len > 0) {
		got = read(fd, next, len);
		if (got <= 0)
			return 0;
		next += got;
		len -= (size_t)got;
	}
	return 1;
}

static void
redirect(const char *path, int to)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0 || dup2(fd, to) < 0)
		_exit(97);
	if (fd != to)
		close(fd);
}

/* What the libraries do once in a process, they do before the fork. */
static void
warm_up(void)
{
	int (*crypto)(uint64_t, const void *) = (int (*)(uint64_t,
		const void *))dlsym(RTLD_DEFAULT, "OPENSSL_init_crypto");
	int (*curl)(long) =
		(int (*)(long))dlsym(RTLD_DEFAULT, "curl_global_init");
	const void *(*digest)(void *, const char *, const char *) =
		(const void *(*)(void *, const char *, const char *))dlsym(
			RTLD_DEFAULT, "EVP_MD_fetch");

	setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_CTYPE, "C");
	if (crypto)
		crypto(0x4c, NULL);
	if (digest) {
		digest(NULL, "SHA256", NULL);
		digest(NULL, "MD5", NULL);
	}
	if (curl)
		curl(3);
}

static char *
next_string(char **at)
{
	char *string = *at;

	*at += strlen(string) + 1;
	return string;
}

/* In the child. */
static int
run(char *at, const char *limit)
{
	char *argv[ARGUMENTS_MAX] = {NULL}, *env[ARGUMENTS_MAX] = {NULL};
	int argc, i;

	kill_at = atol(next_string(&at));
	seed = strtoull(next_string(&at), NULL, 10);
	redirect("/dev/null", STDIN_FILENO);
	redirect(next_string(&at), STDOUT_FILENO);
	redirect(next_string(&at), STDERR_FILENO);
	port = atoi(next_string(&at));
	argc = atoi(next_string(&at));
	for (i = 0; i < argc && i < ARGUMENTS_MAX - 1; i++)
		argv[i] = next_string(&at);
	for (i = 0; at < limit && i < ARGUMENTS_MAX - 1; i++)
		env[i] = next_string(&at);
	environ = env;
	return program_main(argc, argv, env);
}

static int
serve(int argc, char **argv, char **env)
{
	static char request[REQUEST_MAX];
	int in = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 100);
	int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 100);
	int32_t answer;
	uint32_t len;
	int status;
	pid_t pid;

	(void)argc, (void)argv, (void)env;
	warm_up();
	while (read_whole(in, &len, sizeof(len)) && len < REQUEST_MAX &&
		read_whole(in, request, len)) {
		pid = fork();
		if (pid == 0) {
			close(in);
			close(out);
			status = run(request, request + len);
			fflush(NULL);
			_exit(status); /* the libraries' ends take long */
		}
		answer = pid;
		if (pid < 0 || write(out, &answer, sizeof(answer)) < 0 ||
			waitpid(pid, &status, 0) != pid)
			return 1;
		answer = status;
		if (write(out, &answer, sizeof(answer)) < 0)
			return 1;
	}
	return 0;
}

int
__libc_start_main(main_fn *main, int argc, char **argv, void (*init)(void),
	void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
	int (*start)(main_fn *, int, char **, void (*)(void), void (*)(void),
		void (*)(void), void *) = (int (*)(main_fn *, int, char **,
		void (*)(void), void (*)(void), void (*)(void),
		void *))dlsym(RTLD_NEXT, "__libc_start_main");
	const char *path = getenv("SIMULATION_CLOCK");
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	void *map;

	if (fd < 0)
		return start(
			main, argc, argv, init, fini, rtld_fini, stack_end);
	map = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return 96;
	dl_iterate_phdr(find_program, NULL);
	program_main = main;
	simulated_clock = map;
	return start(serve, argc, argv, init, fini, rtld_fini, stack_end);
}
