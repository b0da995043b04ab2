#define _GNU_SOURCE
#include "CSandbox.h"
#include "filter.h"
#include <errno.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Root may raise its own limits; this takes that from it, and all else but to read and write what is not its own. */
static int drop_capabilities(bool opens) {
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct sets[2];
    if (syscall(__NR_capget, &head, sets) != 0) return errno;
    const unsigned kept = opens ? 1U << CAP_DAC_OVERRIDE | 1U << CAP_DAC_READ_SEARCH : 0;
    if ((sets[0].permitted & ~kept) == 0 && sets[1].permitted == 0) return 0;
    sets[0].permitted &= kept;
    sets[0].effective &= kept;
    sets[0].inheritable = 0;
    memset(&sets[1], 0, sizeof sets[1]);
    return syscall(__NR_capset, &head, sets) == 0 ? 0 : errno;
}

static unsigned uses_of(enum mlm_place place, bool writes) {
    if (place == MLM_READING) return 0;
    unsigned uses = FILTER_STARTS | FILTER_OPENS;
    if (place == MLM_SCANNING) uses |= FILTER_THREADS;
    if (writes) uses |= FILTER_WRITES;
    return uses;
}

unsigned mlm_fence(enum mlm_place place, bool writes, struct mlm_rules *rules) {
    unsigned held = 0;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && drop_capabilities(place != MLM_READING) == 0)
        held |= MLM_PRIVILEGES;
    if (mlm_rules_enforce(rules) == 0) held |= MLM_FILES;
    if (filter_install(uses_of(place, writes)) == 0) held |= MLM_CALLS;
    return held;
}

/* Sets both limits, and neither above what it is. */
static int lower(int resource, rlim_t most) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0) return errno;
    if (limit.rlim_cur > most) limit.rlim_cur = most;
    limit.rlim_max = limit.rlim_cur;
    return setrlimit(resource, &limit) == 0 ? 0 : errno;
}

int mlm_limit(uint64_t memory, uint64_t seconds) {
    int status = lower(RLIMIT_CORE, 0);
    if (status == 0) status = lower(RLIMIT_AS, memory);
    if (status == 0) status = lower(RLIMIT_CPU, seconds);
    if (status == 0) status = lower(RLIMIT_NOFILE, RLIM_INFINITY);
    return status == 0 ? lower(RLIMIT_NPROC, RLIM_INFINITY) : status;
}

unsigned mlm_fence_reader(uint64_t memory, uint64_t seconds, unsigned files) {
    int status = mlm_limit(memory, seconds);
    if (status == 0) status = lower(RLIMIT_NOFILE, files);
    if (status == 0) status = lower(RLIMIT_FSIZE, 0);
    if (status == 0) status = lower(RLIMIT_NPROC, 0);
    struct mlm_rules none;
    mlm_rules_begin(&none);
    return mlm_fence(MLM_READING, false, &none) | (status == 0 ? MLM_LIMITS : 0);
}
