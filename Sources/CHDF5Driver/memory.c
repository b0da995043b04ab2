#include "memory.h"
#include "CHDF5Driver.h"
#include <malloc.h>
#include <stdbool.h>
#include <unistd.h>

/*
 * malloc and its kin, counted. libhdf5 goes on with what it did not get in more than one place, and Swift stops; so it is
 * found out here that a file needs too much, and the parent is told before the process ends.
 *
 * glibc keeps its own under other names for programs that replace them. In a program without libraries they cannot be
 * replaced, so there the linker turns all calls to these (--wrap).
 */

#ifdef MLM_STATIC
#define COUNTED(name) __wrap_##name
#define ORIGINAL(name) __real_##name
#else
#define COUNTED(name) name
#define ORIGINAL(name) __libc_##name
#endif

extern void *ORIGINAL(malloc)(size_t size);
extern void *ORIGINAL(calloc)(size_t count, size_t size);
extern void *ORIGINAL(realloc)(void *block, size_t size);
extern void ORIGINAL(free)(void *block);

static size_t used, peak, most = SIZE_MAX;

void memory_limit(size_t bytes) {
    most = bytes < SIZE_MAX - used ? used + bytes : SIZE_MAX;
    peak = used;
}

void memory_unlimited(void) { most = SIZE_MAX; }
size_t memory_used(void) { return used; }
size_t memory_peak(void) { return peak; }

static void end_for_memory(void) {
    most = SIZE_MAX;
    mlm_send('E', (const char[]){1, MLM_LIMIT, '5'}, 3);
    _exit(0);
}

static void check(size_t size) {
    if (size > most || used > most - size) end_for_memory();
}

static void *counted(void *block, size_t size) {
    /* The kernel gives no more: what is mapped counts there, too. */
    if (!block && size > 0) end_for_memory();
    used += malloc_usable_size(block);
    if (used > peak) peak = used;
    return block;
}

static void forget(void *block) {
    size_t size = malloc_usable_size(block);
    /* What came from posix_memalign was not counted. */
    used -= size < used ? size : used;
}

void *COUNTED(malloc)(size_t size) {
    check(size);
    return counted(ORIGINAL(malloc)(size), size);
}

void *COUNTED(calloc)(size_t count, size_t size) {
    size_t bytes;
    check(__builtin_mul_overflow(count, size, &bytes) ? SIZE_MAX : bytes);
    return counted(ORIGINAL(calloc)(count, size), bytes);
}

void *COUNTED(realloc)(void *block, size_t size) {
    check(size);
    size_t before = malloc_usable_size(block);
    void *moved = ORIGINAL(realloc)(block, size);
    used -= before < used ? before : used;
    return counted(moved, size);
}

void COUNTED(free)(void *block) {
    forget(block);
    ORIGINAL(free)(block);
}
