#define _GNU_SOURCE
#include "CSpawn.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

/* CLOSE_RANGE_CLOEXEC of newer headers. */
enum { CLOSE_ON_EXEC = 4 };

int mlm_pipe(int *read_end, int *write_end) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    *read_end = ends[0];
    *write_end = ends[1];
    return 0;
}

int mlm_socketpair(int *ours, int *theirs) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return errno;
    *ours = ends[0];
    *theirs = ends[1];
    return 0;
}

int mlm_send_fd(int door, int descriptor) {
    union {
        struct cmsghdr head;
        char bytes[CMSG_SPACE(sizeof descriptor)];
    } control;
    memset(&control, 0, sizeof control);
    char byte = 0;
    struct iovec data = {&byte, 1};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof descriptor);
    memcpy(CMSG_DATA(rights), &descriptor, sizeof descriptor);
    return sendmsg(door, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == 1 ? 0 : errno;
}

struct child {
    const struct mlm_program *program;
    char *const *arguments, *const *environment;
    int input, output, door;
    bool leads_group;
};

/* Closes what others have left open here: all of ours is closed by the start of a program anyway. */
static void close_from(unsigned first) {
    if (syscall(SYS_close_range, first, ~0U, CLOSE_ON_EXEC) == 0) return;
    for (int descriptor = (int)first; descriptor < 1024; descriptor++) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

/* Becomes the program; returns an errno when that fails. It runs in the memory of its parent, which waits. */
static int become(const struct child *child) {
    struct sigaction usual;
    memset(&usual, 0, sizeof usual);
    usual.sa_handler = SIG_DFL;
    for (int signal = 1; signal < NSIG; signal++) sigaction(signal, &usual, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (child->leads_group && setpgid(0, 0) != 0) return errno;
    /* A runtime that stops a program says why, which is no line of ours. It writes that to what can only be read, and so
       loses it: where there is no /dev either, there is no /dev/null. */
    if (dup2(child->input, 0) < 0 || dup2(child->output, 1) < 0 || dup2(child->input, 2) < 0) return errno;
    if (child->door >= 0 && dup2(child->door, 3) < 0) return errno;
    close_from(child->door >= 0 ? 4 : 3);
    const struct mlm_program *program = child->program;
    if (program->descriptor >= 0) {
        syscall(SYS_execveat, program->descriptor, "", child->arguments, child->environment, AT_EMPTY_PATH);
        /* Not every system and container has that call; a filter of ours would end the one that follows. */
        if (errno != ENOSYS && errno != EPERM) return errno;
    }
    execve(program->path, child->arguments, child->environment);
    return errno;
}

/* A copy above those that the program gets as its own; -1 stays. */
static int above(int descriptor) { return descriptor < 0 ? -1 : fcntl(descriptor, F_DUPFD_CLOEXEC, 4); }

int mlm_spawn(
    const struct mlm_program *program, char *const arguments[], int input, int output, int door,
    char *const environment[], bool leads_group, pid_t *id) {
    struct mlm_program copy = {program->path, above(program->descriptor)};
    struct child child = {&copy, arguments, environment, above(input), above(output), above(door), leads_group};
    volatile int status = 0;
    if (child.input < 0 || child.output < 0 || (door >= 0 && child.door < 0) ||
        (program->descriptor >= 0 && copy.descriptor < 0))
        status = EMFILE;
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    /* Written by this process alone: the child has the same memory. */
    pid_t started = status == 0 ? vfork() : -1;
    if (started == 0) {
        status = become(&child);
        _exit(127);
    }
    if (started < 0 && status == 0) status = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    const int copies[] = {copy.descriptor, child.input, child.output, child.door};
    for (size_t index = 0; index < sizeof copies / sizeof *copies; index++)
        if (copies[index] >= 0) close(copies[index]);
    /* One that did not become the program has ended, and nobody else will ask for it. */
    if (started > 0 && status != 0) waitpid(started, NULL, 0);
    *id = started;
    return status;
}

const char *mlm_image(const void *address) {
    Dl_info info;
    return dladdr(address, &info) != 0 ? info.dli_fname : NULL;
}
