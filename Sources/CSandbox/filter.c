#define _GNU_SOURCE
#include "filter.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * The filter of system calls: a binary search over ranges of numbers, so that the kernel, which tries each number when it
 * is given one, is done with it in a few microseconds.
 */

#if defined(__x86_64__)
enum { MACHINE = AUDIT_ARCH_X86_64 };
#elif defined(__aarch64__)
enum { MACHINE = AUDIT_ARCH_AARCH64 };
#else
enum { MACHINE = 0 };
#endif

/* More than any number there is yet; what comes later is refused. */
enum { NUMBERS = 512, MOST_STEPS = 1024 };

struct program {
    struct sock_filter steps[MOST_STEPS];
    unsigned count;
    bool isTooLong;
};

static void step(struct program *program, struct sock_filter filter) {
    if (program->count < MOST_STEPS) program->steps[program->count++] = filter;
    else program->isTooLong = true;
}

static void load(struct program *program, size_t place) {
    step(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)place));
}

static void load_argument(struct program *program, unsigned index) {
    load(program, offsetof(struct seccomp_data, args) + 8 * index);
}

static void end(struct program *program, unsigned action) {
    step(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

/* Ends with the action when what was loaded is the value, or has one of its bits. */
static void end_if(struct program *program, unsigned test, unsigned value, unsigned action) {
    step(program, (struct sock_filter)BPF_JUMP(BPF_JMP | test | BPF_K, value, 0, 1));
    end(program, action);
}

enum { REFUSED = SECCOMP_RET_ERRNO | ENOSYS, DENIED = SECCOMP_RET_ERRNO | EACCES };

static void end_of_open(struct program *program, unsigned index, unsigned uses) {
    /* O_TMPFILE without O_DIRECTORY, which every reading of a folder has. */
    const unsigned writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
    load_argument(program, index);
    if (!(uses & FILTER_WRITES)) end_if(program, BPF_JSET, writing, DENIED);
    end(program, SECCOMP_RET_ALLOW);
}

/* What is asked of a call by its arguments. */
static void look(struct program *program, enum verdict verdict, unsigned uses) {
    switch (verdict) {
    case BY_CLONE:
        load_argument(program, 0);
        if (uses & FILTER_THREADS) end_if(program, BPF_JSET, CLONE_THREAD, SECCOMP_RET_ALLOW);
        /* As vfork and posix_spawn ask for it: the parent waits until another program runs. */
        if (uses & FILTER_STARTS)
            end_if(program, BPF_JEQ, CLONE_VM | CLONE_VFORK | SIGCHLD, SECCOMP_RET_ALLOW);
        return end(program, SECCOMP_RET_KILL_PROCESS);
    case BY_EXECVEAT:
        load_argument(program, 4);
        /* A program that was opened before. */
        if (uses & FILTER_STARTS) end_if(program, BPF_JEQ, AT_EMPTY_PATH, SECCOMP_RET_ALLOW);
        return end(program, SECCOMP_RET_KILL_PROCESS);
    case BY_SOCKETPAIR:
        load_argument(program, 0);
        step(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0));
        end(program, SECCOMP_RET_KILL_PROCESS);
        /* Of datagrams one could be sent to anybody. */
        load_argument(program, 1);
        if (uses & FILTER_STARTS) end_if(program, BPF_JEQ, SOCK_STREAM | SOCK_CLOEXEC, SECCOMP_RET_ALLOW);
        return end(program, SECCOMP_RET_KILL_PROCESS);
    case BY_PRCTL: {
        static const unsigned fine[] = {
            PR_SET_NAME, PR_GET_NAME, PR_SET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_GET_SECCOMP,
            0x53564d41 /* PR_SET_VMA: malloc names what it maps */};
        load_argument(program, 0);
        for (size_t index = 0; index < sizeof fine / sizeof *fine; index++)
            end_if(program, BPF_JEQ, fine[index], SECCOMP_RET_ALLOW);
        return end(program, SECCOMP_RET_ERRNO | EPERM);
    }
    case BY_IOCTL:
        /* Whether it is a terminal, and how wide; nothing that types into one. */
        load_argument(program, 1);
        end_if(program, BPF_JEQ, TCGETS, SECCOMP_RET_ALLOW);
        end_if(program, BPF_JEQ, TIOCGWINSZ, SECCOMP_RET_ALLOW);
        return end(program, SECCOMP_RET_ERRNO | ENOTTY);
    case BY_OPEN: return end_of_open(program, 1, uses);
    case BY_OPENAT: return end_of_open(program, 2, uses);
    case BY_MAPPING:
        load_argument(program, 2);
        if (!(uses & FILTER_STARTS)) end_if(program, BPF_JSET, PROT_EXEC, DENIED);
        return end(program, SECCOMP_RET_ALLOW);
    case BY_LIMIT:
        /* Of another process: none. */
        load_argument(program, 0);
        end_if(program, BPF_JEQ, 0, SECCOMP_RET_ALLOW);
        return end(program, SECCOMP_RET_ERRNO | EPERM);
    case ALLOWED: return end(program, SECCOMP_RET_ALLOW);
    case KILLED: return end(program, SECCOMP_RET_KILL_PROCESS);
    case UNKNOWN: return end(program, REFUSED);
    }
}

struct range {
    unsigned start;
    enum verdict verdict;
};

static void search(struct program *program, const struct range *ranges, unsigned count, unsigned uses) {
    if (count == 1) return look(program, ranges->verdict, uses);
    unsigned left = count / 2, test = program->count;
    step(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, ranges[left].start, 0, 0));
    search(program, ranges, left, uses);
    unsigned distance = program->count - test - 1;
    if (distance > 255) program->isTooLong = true;
    else program->steps[test].jt = (unsigned char)distance;
    search(program, ranges + left, count - left, uses);
}

int filter_install(unsigned uses) {
    if (MACHINE == 0) return ENOSYS;
    unsigned char verdicts[NUMBERS] = {UNKNOWN};
    calls_judge(verdicts, NUMBERS, uses);
    struct range ranges[NUMBERS];
    unsigned count = 0;
    for (unsigned number = 0; number < NUMBERS; number++) {
        if (count > 0 && ranges[count - 1].verdict == verdicts[number]) continue;
        ranges[count++] = (struct range){number, verdicts[number]};
    }
    static struct program program;
    program.count = 0;
    program.isTooLong = false;
    load(&program, offsetof(struct seccomp_data, arch));
    step(&program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0));
    end(&program, SECCOMP_RET_KILL_PROCESS);
    load(&program, offsetof(struct seccomp_data, nr));
    /* Above all numbers are those of x86-64 with short pointers, too. */
    step(&program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, NUMBERS, 0, 1));
    end(&program, REFUSED);
    search(&program, ranges, count, uses);
    if (program.isTooLong) return E2BIG;
    const struct sock_fprog code = {(unsigned short)program.count, program.steps};
    return syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &code) == 0 ? 0 : errno;
}
