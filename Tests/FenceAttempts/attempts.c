#define _GNU_SOURCE
#include "FenceAttempts.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static int program = -1;
static struct sockaddr_un address;
static socklen_t address_size;

int attempt_prepare(void) {
    program = open("/bin/true", O_RDONLY | O_CLOEXEC);
    if (program < 0) return errno;
    int door = socket(AF_UNIX, SOCK_STREAM, 0);
    if (door < 0) return errno;
    address.sun_family = AF_UNIX;
    /* A name that is no file. */
    int length = snprintf(address.sun_path + 1, sizeof address.sun_path - 1, "fence-probe-%d", getpid());
    address_size = (socklen_t)(sizeof address.sun_family + 1 + (size_t)length);
    if (bind(door, (struct sockaddr *)&address, address_size) != 0 || listen(door, 1) != 0) return errno;
    const struct rlimit files = {64, 128};
    return setrlimit(RLIMIT_NOFILE, &files) == 0 ? 0 : errno;
}

static int closed(int descriptor) {
    if (descriptor < 0) return errno;
    close(descriptor);
    return 0;
}

static int write_into(const char *folder) {
    char path[4096];
    snprintf(path, sizeof path, "%s/written", folder);
    return closed(open(path, O_WRONLY | O_CREAT, 0600));
}

/* A file without a name, which nothing would be seen of. */
static int write_nameless(const char *folder) { return closed(open(folder, O_TMPFILE | O_RDWR, 0600)); }

static int connect_out(void) {
    int line = socket(AF_UNIX, SOCK_STREAM, 0);
    if (line < 0) return errno;
    return connect(line, (struct sockaddr *)&address, address_size) == 0 ? 0 : errno;
}

static int run(int folder, const char *path, int flags) {
    char *const arguments[] = {"true", NULL}, *const environment[] = {NULL};
    syscall(__NR_execveat, folder, path, arguments, environment, flags);
    return errno;
}

static int run_by_name(void) {
    char *const arguments[] = {"true", NULL}, *const environment[] = {NULL};
    execve("/bin/true", arguments, environment);
    return errno;
}

static int fork_away(void) {
    pid_t child = fork();
    if (child < 0) return errno;
    if (child == 0) _exit(0);
    return waitpid(child, NULL, 0) == child ? 0 : errno;
}

static int raise_limit(void) {
    const struct rlimit files = {128, 128};
    return setrlimit(RLIMIT_NOFILE, &files) == 0 ? 0 : errno;
}

static int trace(void) { return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 ? 0 : errno; }

static int make_key(void) {
    return syscall(__NR_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL) >= 0 ? 0 : errno;
}

static int map_code(void) {
    void *code = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return code != MAP_FAILED ? 0 : errno;
}

int attempt(const char *name, const char *folder) {
    if (strcmp(name, "open") == 0) return closed(open("/etc/passwd", O_RDONLY));
    if (strcmp(name, "write") == 0) return write_into(folder);
    if (strcmp(name, "write-nameless") == 0) return write_nameless(folder);
    if (strcmp(name, "connect") == 0) return connect_out();
    if (strcmp(name, "exec") == 0) return run_by_name();
    if (strcmp(name, "exec-open") == 0) return run(program, "", AT_EMPTY_PATH);
    if (strcmp(name, "exec-path") == 0) return run(AT_FDCWD, "/bin/true", AT_EMPTY_PATH);
    if (strcmp(name, "fork") == 0) return fork_away();
    if (strcmp(name, "ptrace") == 0) return trace();
    if (strcmp(name, "raise") == 0) return raise_limit();
    if (strcmp(name, "keyring") == 0) return make_key();
    if (strcmp(name, "memory-file") == 0) return closed((int)syscall(__NR_memfd_create, "x", 0));
    if (strcmp(name, "code") == 0) return map_code();
    return -1;
}
