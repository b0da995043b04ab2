#include "CHDF5Driver.h"
#include "channel.h"
#include "memory.h"
#include "source.h"
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>

static size_t used_at_start;

static void limit(int resource, rlim_t most) {
    struct rlimit limit = {most, most};
    setrlimit(resource, &limit);
}

bool mlm_confine(void) {
    used_at_start = memory_used();
    limit(RLIMIT_CORE, 0);
    /* Four are open: two pipes, one of them for errors too, and the door, through which one file at a time comes. */
    limit(RLIMIT_NOFILE, 5);
    limit(RLIMIT_FSIZE, 0);
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
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
    memory_limit(limits->memory);
    limit_time(limits->microseconds);
    return true;
}

void mlm_end_file(void) {
    limit_time(0);
    memory_unlimited();
    source_end();
}

bool mlm_has_grown(void) { return memory_peak() > used_at_start + ((size_t)32 << 20); }
