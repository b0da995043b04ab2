#define _GNU_SOURCE
#include "CHDF5Driver.h"
#include "channel.h"
#include "source.h"
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

static rlim_t memory_at_start;

static void limit(int resource, rlim_t most) {
    struct rlimit limit = {most, most};
    setrlimit(resource, &limit);
}

/* Pages of data and stack that this process has, by proc(5). */
static rlim_t memory_now(void) {
    unsigned long data = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file) return 0;
    if (fscanf(file, "%*u %*u %*u %*u %*u %lu", &data) != 1) data = 0;
    fclose(file);
    return (rlim_t)data * (rlim_t)sysconf(_SC_PAGESIZE);
}

bool mlm_confine(void) {
    memory_at_start = memory_now();
    limit(RLIMIT_CORE, 0);
    /* Three are open: two pipes, and /dev/null for errors. */
    limit(RLIMIT_NOFILE, 3);
    limit(RLIMIT_FSIZE, 0);
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

static void limit_memory(rlim_t most) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_DATA, &limit) != 0) return;
    limit.rlim_cur = most < limit.rlim_max ? most : limit.rlim_max;
    setrlimit(RLIMIT_DATA, &limit);
}

/* SIGPROF, which nobody handles, ends the process when so much time of the processor is used up. */
static void limit_time(uint64_t microseconds) {
    struct itimerval timer = {{0, 0}, {(time_t)(microseconds / 1000000), (suseconds_t)(microseconds % 1000000)}};
    setitimer(ITIMER_PROF, &timer, NULL);
}

bool mlm_next_file(struct mlm_limits *limits) {
    char kind;
    uint64_t size;
    if (!channel_receive(&kind, 1) || kind != 'I' || !channel_receive(&size, sizeof size)) return false;
    if (!channel_receive(limits, sizeof *limits) || !source_begin(size, limits->attribute_bytes)) return false;
    if (limits->memory < RLIM_INFINITY - memory_at_start) limit_memory(memory_at_start + limits->memory);
    limit_time(limits->microseconds);
    return true;
}

void mlm_end_file(void) {
    limit_time(0);
    limit_memory(RLIM_INFINITY);
}

bool mlm_has_grown(void) {
    struct mallinfo2 info = mallinfo2();
    return info.uordblks > (size_t)16 << 20;
}
