#include "CHDF5Driver.h"
#include "CSandbox.h"
#include "channel.h"
#include "memory.h"
#include "source.h"
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>

static size_t used_at_start;

/* No more address space than this, whatever the limits of a file allow: the kernel counts there what is mapped, too. */
static const uint64_t most_memory = UINT64_C(4) << 30;

/* Seconds of a processor after which another process takes over, and those that are never exceeded. */
enum { WORN_OUT = 600, MOST_SECONDS = 3600 };

/* Four are open: two pipes, one of them for errors too, and the door, through which one file at a time comes. */
enum { MOST_FILES = 5 };

bool mlm_fence_in(void) {
    used_at_start = memory_used();
    /* Where the kernel has no Landlock, the filter lets no file be opened all the same. Where it has neither, only the
       privileges are gone; where they cannot be given up, the filter lets nothing be done with them. */
    return (mlm_fence_reader(most_memory, MOST_SECONDS, MOST_FILES) & (MLM_PRIVILEGES | MLM_CALLS)) != 0;
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

bool mlm_is_worn_out(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == 0 && usage.ru_utime.tv_sec + usage.ru_stime.tv_sec > WORN_OUT) return true;
    return memory_peak() > used_at_start + ((size_t)32 << 20);
}
