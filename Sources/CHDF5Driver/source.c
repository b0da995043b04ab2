#include "source.h"
#include "CHDF5Driver.h"
#include "channel.h"
#include <string.h>
#include <unistd.h>

/*
 * A read that is shorter than this fetches this much: the structure of HDF5 comes in small parts that lie together.
 * It starts where libhdf5 wants to read, so that it never starts in a tensor, and ends at most this far inside one.
 */
enum { WINDOW = 512, WINDOWS = 256, HEAD = 4096 };

struct window {
    uint64_t offset;
    uint32_t count;
    unsigned char bytes[WINDOW];
};

static struct {
    uint64_t size, largest_read;
    enum source_failure failure;
    uint32_t head_count;
    unsigned char head[HEAD];
    struct window windows[WINDOWS];
    unsigned next_window;
} source;

bool source_begin(uint64_t size, uint64_t largest_read) {
    source.size = size;
    source.largest_read = largest_read;
    source.failure = SOURCE_FINE;
    source.next_window = 0;
    for (int index = 0; index < WINDOWS; index++) source.windows[index].count = 0;
    if (!channel_receive(&source.head_count, sizeof source.head_count)) return false;
    if (source.head_count > HEAD) return false;
    return channel_receive(source.head, source.head_count);
}

uint64_t source_size(void) { return source.size; }
enum source_failure source_failure(void) { return source.failure; }

static bool fail(enum source_failure failure) {
    source.failure = failure;
    return false;
}

/* Asks the parent for at least `needed` and at most `wanted` bytes; returns how many came, 0 for a failure. */
static uint32_t fetch(uint64_t offset, uint32_t needed, uint32_t wanted, unsigned char *target) {
    unsigned char question[12];
    memcpy(question, &offset, 8);
    memcpy(question + 8, &wanted, 4);
    mlm_send('R', question, sizeof question);
    uint32_t got;
    if (!channel_receive(&got, sizeof got)) _exit(1);
    if (got == UINT32_MAX) {
        source.failure = SOURCE_UNREADABLE;
        return 0;
    }
    if (got > wanted || !channel_receive(target, got)) _exit(1);
    if (got >= needed) return got;
    source.failure = SOURCE_ENDS;
    return 0;
}

static bool is_inside(uint64_t offset, size_t count, uint64_t start, uint32_t length) {
    return offset >= start && offset - start <= length && count <= length - (offset - start);
}

bool source_read(uint64_t offset, size_t count, void *buffer) {
    if (offset > source.size || count > source.size - offset) return fail(SOURCE_ENDS);
    if (count > source.largest_read) return fail(SOURCE_TOO_LARGE);
    if (is_inside(offset, count, 0, source.head_count)) {
        memcpy(buffer, source.head + offset, count);
        return true;
    }
    if (count > WINDOW) {
        for (unsigned char *target = buffer; count > 0;) {
            uint32_t piece = count < MLM_PIECE ? (uint32_t)count : MLM_PIECE;
            if (fetch(offset, piece, piece, target) == 0) return false;
            offset += piece;
            target += piece;
            count -= piece;
        }
        return true;
    }
    for (int index = 0; index < WINDOWS; index++) {
        struct window *window = &source.windows[index];
        if (is_inside(offset, count, window->offset, window->count)) {
            memcpy(buffer, window->bytes + (offset - window->offset), count);
            return true;
        }
    }
    struct window *window = &source.windows[source.next_window++ % WINDOWS];
    uint64_t left = source.size - offset;
    window->offset = offset;
    window->count = 0;
    window->count = fetch(offset, (uint32_t)count, left < WINDOW ? (uint32_t)left : WINDOW, window->bytes);
    if (window->count == 0) return count == 0;
    memcpy(buffer, window->bytes, count);
    return true;
}
