#define _GNU_SOURCE
#include "FenceAttempts.h"
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The same numbers everywhere; older headers lack them. */
enum { CLOSE_RANGE = 436, LANDLOCK_FIRST = 444, LANDLOCK_LAST = 446 };

static const struct {
    const char *name;
    unsigned first, last;
} parts[] = {
    {"landlock", LANDLOCK_FIRST, LANDLOCK_LAST}, {"seccomp", __NR_seccomp, __NR_seccomp},
    {"capset", __NR_capset, __NR_capset},        {"execveat", __NR_execveat, __NR_execveat},
    {"close_range", CLOSE_RANGE, CLOSE_RANGE},
};

int lessen(const char *part, int error) {
    for (size_t index = 0; index < sizeof parts / sizeof *parts; index++) {
        if (strcmp(parts[index].name, part) != 0) continue;
        struct sock_filter steps[] = {
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
            BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, parts[index].first, 0, 2),
            BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, parts[index].last, 1, 0),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ((unsigned)error & SECCOMP_RET_DATA)),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        };
        const struct sock_fprog filter = {sizeof steps / sizeof *steps, steps};
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
        /* Not by the call that may be gone by now. */
        return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0 ? 0 : errno;
    }
    return EINVAL;
}
