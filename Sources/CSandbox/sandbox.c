#define _GNU_SOURCE
#include "CSandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <unistd.h>

int mlm_confine(uint64_t memory) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return errno;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
    const struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return errno;
    struct rlimit space;
    if (getrlimit(RLIMIT_AS, &space) != 0) return errno;
    /* A limit that was set before stays, if it is lower. */
    if (space.rlim_cur == RLIM_INFINITY || space.rlim_cur > memory) space.rlim_cur = memory;
    return setrlimit(RLIMIT_AS, &space) == 0 ? 0 : errno;
}

int mlm_allow_seconds(long seconds) {
    const struct itimerval timer = {.it_interval = {0, 0}, .it_value = {seconds, 0}};
    return setitimer(ITIMER_PROF, &timer, NULL) == 0 ? 0 : errno;
}

static void interrupts(sigset_t *signals) {
    sigemptyset(signals);
    sigaddset(signals, SIGINT);
    sigaddset(signals, SIGTERM);
}

int mlm_watch_interrupts(int *descriptor) {
    sigset_t signals;
    interrupts(&signals);
    *descriptor = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (*descriptor < 0) return errno;
    return sigprocmask(SIG_BLOCK, &signals, NULL) == 0 ? 0 : errno;
}

int mlm_interrupt(int descriptor) {
    struct signalfd_siginfo info;
    return read(descriptor, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : 0;
}

void mlm_unwatch_interrupts(int descriptor) {
    sigset_t signals;
    interrupts(&signals);
    sigprocmask(SIG_UNBLOCK, &signals, NULL);
    close(descriptor);
}

int mlm_nameless_file(const char *folder, int *descriptor) {
    *descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    return *descriptor >= 0 ? 0 : errno;
}
