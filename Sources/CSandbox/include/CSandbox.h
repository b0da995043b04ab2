#pragma once
#include <stdbool.h>
#include <stdint.h>

/* What a path is for. */
enum mlm_use {
    /* Files below it are read. */
    MLM_READ = 1,
    /* Files are written below it, too. */
    MLM_WRITE = 2,
    /* It is a program that is started. */
    MLM_RUN = 4,
};

/* The files that a fence leaves within reach. */
struct mlm_rules {
    /* -1 when the kernel has no Landlock. */
    int descriptor;
    /* Of Landlock's interface, 0 without it. */
    int version;
};

void mlm_rules_begin(struct mlm_rules *rules);

/* Leaves what lies at or below a path within reach. */
int mlm_rules_allow(const struct mlm_rules *rules, const char *path, unsigned uses);

/* The same for what is open. */
int mlm_rules_allow_open(const struct mlm_rules *rules, int descriptor, unsigned uses);

/* Leaves an open program to be started, and with it the loader and the folders of libraries, unless it is static. */
int mlm_rules_allow_program(const struct mlm_rules *rules, int program);

/* Puts them in force for this thread and all that it starts. ENOSYS without Landlock. */
int mlm_rules_enforce(struct mlm_rules *rules);

/* Who is fenced. */
enum mlm_place {
    /* Reads artifacts, and may start the reader of HDF5. */
    MLM_INSPECTING,
    /* Walks folders and starts itself as workers. */
    MLM_SCANNING,
    /* Reads HDF5, of files that are handed to it. */
    MLM_READING,
};

/* What of a fence holds, as bits. */
enum mlm_hold { MLM_PRIVILEGES = 1, MLM_FILES = 2, MLM_CALLS = 4, MLM_LIMITS = 8 };

/* Builds the fence around this thread and all that it starts, and says what of it holds. It is for good. */
unsigned mlm_fence(enum mlm_place place, bool writes, struct mlm_rules *rules);

/* The ceilings of the kernel: bytes of address space, seconds of processors. Neither they nor those on open files and on
   core dumps can be raised again. */
int mlm_limit(uint64_t memory, uint64_t seconds);

/* All of it for the reader of HDF5, which opens nothing, writes nothing and starts nothing. */
unsigned mlm_fence_reader(uint64_t memory, uint64_t seconds, unsigned files);

/* What a worker does to itself before it looks at any file. Each returns 0 or an errno. */

/* Ends this process when its parent ends, keeps it and its children from gaining rights, lets it leave no core, and limits
   its address space to so many bytes. */
int mlm_confine(uint64_t memory);

/* Lets this process use so many seconds of a processor from now on; then it is ended by SIGPROF. */
int mlm_allow_seconds(long seconds);

/* Keeps SIGINT and SIGTERM from ending this process, and gives a descriptor that can be read from once one came. */
int mlm_watch_interrupts(int *descriptor);

/* The signal that came, 0 when none did. */
int mlm_interrupt(int descriptor);

/* The opposite of mlm_watch_interrupts. */
void mlm_unwatch_interrupts(int descriptor);

/* A file without a name in a folder, for what does not fit into memory. */
int mlm_nameless_file(const char *folder, int *descriptor);
