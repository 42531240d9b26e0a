/*
 * Preloaded into edgediff, makes allocation number FAIL_AT fail, from 1 on, and with
 * FAIL_AFTER all after it, too. Those from main on count. FAIL_OF says whose:
 * `program`, edgediff's own, which is the default; `openssl`, those of OpenSSL; or
 * `others`, those of all but OpenSSL, which makes thousands as it starts.
 *
 * FAIL_COUNT names a file for their number. FAIL_LOG names a file for who asked for
 * the one that failed and, after a fault of memory, where that was: lines of `failed`
 * or `crashed`, the file name of the program or library, and the name before the
 * address, or ?.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

typedef int main_fn(int argc, char **argv, char **environment);
typedef int start_fn(main_fn *main, int argc, char **argv, void (*init)(void),
	void (*fini)(void), void (*end)(void), void *stack);

/* Whose an allocation is. */
enum owner { PROGRAM, OPENSSL, LIBRARY };

static struct {
	uintptr_t begin, end;
} objects[3]; /* the program, libcrypto and libssl */
static long wanted, made;
static bool after, running, counts[3] = {[PROGRAM] = true};
static int log_fd = -1;
static main_fn *real_main;

/* The first object is the program. */
static int
find_object(struct dl_phdr_info *info, size_t size, void *context)
{
	bool *is_first = context;
	uintptr_t last;
	int i, n = *is_first                               ? 0
		   : strstr(info->dlpi_name, "libcrypto.") ? 1
		   : strstr(info->dlpi_name, "libssl.")    ? 2
							   : -1;

	(void)size;
	*is_first = false;
	if (n < 0)
		return 0;
	objects[n].begin = info->dlpi_addr;
	for (i = 0; i < info->dlpi_phnum; i++) {
		last = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr +
		       info->dlpi_phdr[i].p_memsz;
		if (info->dlpi_phdr[i].p_type == PT_LOAD &&
			last > objects[n].end)
			objects[n].end = last;
	}
	return 0;
}

static enum owner
owner_of(uintptr_t caller)
{
	int n;

	for (n = 0; n < 3; n++)
		if (caller >= objects[n].begin && caller < objects[n].end)
			return n == 0 ? PROGRAM : OPENSSL;
	return LIBRARY;
}

/* Write which function an address belongs to, without an allocation. */
static void
note(const char *word, void *address)
{
	const char *file = "?", *name = "?";
	char line[512];
	Dl_info info;
	int len;

	if (log_fd < 0)
		return;
	if (dladdr(address, &info) && info.dli_fname) {
		file = strrchr(info.dli_fname, '/');
		file = file ? file + 1 : info.dli_fname;
		name = info.dli_sname ? info.dli_sname : name;
	}
	len = snprintf(line, sizeof(line), "%s %s %s\n", word, file, name);
	if (write(log_fd, line, (size_t)len) < 0)
		log_fd = -1;
}

static void
on_fault(int number, siginfo_t *info, void *context)
{
	const ucontext_t *at = context;
	uintptr_t address = 0;

	(void)info;
#ifdef __x86_64__
	address = (uintptr_t)at->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
	address = (uintptr_t)at->uc_mcontext.pc;
#endif
	note("crashed", (void *)address);
	signal(number, SIG_DFL);
	raise(number);
}

static int
counted_main(int argc, char **argv, char **environment)
{
	static char stack[65536];
	const stack_t alternate = {.ss_sp = stack, .ss_size = sizeof(stack)};
	struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK};

	action.sa_sigaction = on_fault;
	if (log_fd >= 0 && sigaltstack(&alternate, NULL) == 0) {
		sigaction(SIGSEGV, &action, NULL);
		sigaction(SIGBUS, &action, NULL);
		sigaction(SIGABRT, &action, NULL);
	}
	running = true;
	return real_main(argc, argv, environment);
}

/* libc's own, which calls main, is called with another main. */
int
__libc_start_main(main_fn *main, int argc, char **argv, void (*init)(void),
	void (*fini)(void), void (*finish)(void), void *stack)
{
	start_fn *start = (start_fn *)dlsym(RTLD_NEXT, "__libc_start_main");

	real_main = main;
	return start(counted_main, argc, argv, init, fini, finish, stack);
}

__attribute__((constructor)) static void
start(void)
{
	const char *at = getenv("FAIL_AT"), *of = getenv("FAIL_OF");
	const char *log = getenv("FAIL_LOG");
	bool is_first = true;

	dl_iterate_phdr(find_object, &is_first);
	wanted = at ? atol(at) : 0;
	after = getenv("FAIL_AFTER");
	counts[LIBRARY] = of && strcmp(of, "others") == 0;
	counts[OPENSSL] = of && strcmp(of, "openssl") == 0;
	counts[PROGRAM] = !counts[OPENSSL];
	if (log)
		log_fd = open(
			log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}

__attribute__((destructor)) static void
finish(void)
{
	const char *path = getenv("FAIL_COUNT");
	FILE *file;
	long count = made;

	running = false;
	file = path ? fopen(path, "w") : NULL;
	if (!file)
		return;
	fprintf(file, "%ld", count);
	fclose(file);
}

static bool
fails(void *caller)
{
	long number;

	if (!running || !counts[owner_of((uintptr_t)caller)])
		return false;
	number = __atomic_add_fetch(&made, 1, __ATOMIC_SEQ_CST);
	if (wanted == 0 || number < wanted || (number > wanted && !after))
		return false;
	if (number == wanted)
		note("failed", caller);
	errno = ENOMEM;
	return true;
}

void *
malloc(size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL
						  : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL
						  : __libc_realloc(old, size);
}

int
posix_memalign(void **out, size_t alignment, size_t size)
{
	void *memory = fails(__builtin_return_address(0))
			       ? NULL
			       : __libc_memalign(alignment, size);

	if (!memory)
		return ENOMEM;
	*out = memory;
	return 0;
}

void *
aligned_alloc(size_t alignment, size_t size)
{
	return fails(__builtin_return_address(0))
		       ? NULL
		       : __libc_memalign(alignment, size);
}
