#pragma once
#include <stddef.h>

/* What a process still does. */
enum {
    /* Starts a program that was opened before. */
    FILTER_STARTS = 1,
    FILTER_THREADS = 2,
    /* Opens files: to read them, or also to write. */
    FILTER_OPENS = 4,
    FILTER_WRITES = 8,
};

/* What becomes of a system call. */
enum verdict {
    /* It is as if the kernel had no such call. */
    UNKNOWN,
    ALLOWED,
    /* Nothing of ours asks for it, so somebody else does: the process ends. */
    KILLED,
    /* Decided by its arguments. */
    BY_CLONE,
    BY_EXECVEAT,
    BY_SOCKETPAIR,
    BY_PRCTL,
    BY_IOCTL,
    BY_OPEN,
    BY_OPENAT,
    BY_MAPPING,
    BY_LIMIT,
};

/* Fills in the verdict of each system call by its number. */
void calls_judge(unsigned char *verdicts, size_t count, unsigned uses);

/* Installs the filter for this thread and all that it starts. Returns 0 or an errno. */
int filter_install(unsigned uses);
