#pragma once
#include <stdint.h>

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
