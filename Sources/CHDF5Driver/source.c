#include "source.h"
#include "CHDF5Driver.h"
#include "channel.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

/*
 * A read that is shorter than this fetches this much: the structure of HDF5 comes in small parts that lie together.
 * It starts in what libhdf5 wants to read, so that it never starts in a tensor, and ends at most this far inside one.
 */
enum { LEAST = 128 };

/*
 * Of an object's header and of a heap libhdf5 reads this much before it knows their size (H5O_SPEC_READ_SIZE and
 * H5HL_SPEC_READ_SIZE): what is behind them may be a tensor. All other reads are of structure from end to end.
 */
enum { SPECULATIVE = 512 };

/* What is no longer than this is kept: no part of a structure is, but for long attributes and heaps. */
enum { WINDOW = 512, WINDOWS = 512, HEAD = 4096 };

/* From here to there in the file; nothing while they are the same. */
struct span {
    uint64_t start, end;
};

static struct {
    uint64_t size, largest_read;
    enum source_failure failure;
    /* The file itself where it was handed over, and where in it the source begins. */
    int descriptor;
    uint64_t base, bytes, reads;
    uint32_t head_count;
    unsigned char head[HEAD];
    /* Apart from the bytes, since all are looked at for every read. */
    struct span spans[WINDOWS];
    unsigned char windows[WINDOWS][WINDOW];
    /* How many were filled, over and over; those that never were hold nothing. */
    uint64_t filled;
} source;

static int windows_in_use(void) { return source.filled < WINDOWS ? (int)source.filled : WINDOWS; }

bool source_begin(uint64_t size, uint64_t largest_read) {
    source.size = size;
    source.largest_read = largest_read;
    source.failure = SOURCE_FINE;
    source.filled = 0;
    source.bytes = source.reads = 0;
    source.descriptor = -1;
    if (!channel_receive(&source.base, sizeof source.base)) return false;
    if (source.base != UINT64_MAX) {
        source.descriptor = channel_receive_file();
        if (source.descriptor < 0) return false;
    }
    if (!channel_receive(&source.head_count, sizeof source.head_count)) return false;
    if (source.head_count > HEAD) return false;
    return channel_receive(source.head, source.head_count);
}

void source_end(void) {
    if (source.descriptor < 0) return;
    close(source.descriptor);
    source.descriptor = -1;
    unsigned char counts[16];
    memcpy(counts, &source.bytes, 8);
    memcpy(counts + 8, &source.reads, 8);
    mlm_send('C', counts, sizeof counts);
}

uint64_t source_size(void) { return source.size; }
enum source_failure source_failure(void) { return source.failure; }

static bool fail(enum source_failure failure) {
    source.failure = failure;
    return false;
}

/* Reads the file that was handed over; false when there is none, or when that fails: the parent will know why. */
static bool read_file(uint64_t offset, uint32_t wanted, unsigned char *target, uint32_t *got) {
    if (source.descriptor < 0) return false;
    *got = 0;
    while (*got < wanted) {
        ssize_t count = pread(source.descriptor, target + *got, wanted - *got, (off_t)(source.base + offset + *got));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return false;
        source.reads++;
        source.bytes += (uint64_t)count;
        if (count == 0) break;
        *got += (uint32_t)count;
    }
    return true;
}

/* Asks the parent for bytes; false when it could not read them. */
static bool ask(uint64_t offset, uint32_t wanted, unsigned char *target, uint32_t *got) {
    unsigned char question[12];
    memcpy(question, &offset, 8);
    memcpy(question + 8, &wanted, 4);
    mlm_send('R', question, sizeof question);
    if (!channel_receive(got, sizeof *got)) _exit(1);
    if (*got == UINT32_MAX) return fail(SOURCE_UNREADABLE);
    if (*got > wanted || !channel_receive(target, *got)) _exit(1);
    return true;
}

/* Fetches at least `needed` and at most `wanted` bytes; returns how many came, 0 for a failure. */
static uint32_t fetch(uint64_t offset, uint32_t needed, uint32_t wanted, unsigned char *target) {
    uint32_t got;
    if (!read_file(offset, wanted, target, &got) && !ask(offset, wanted, target, &got)) return 0;
    if (got >= needed) return got;
    source.failure = SOURCE_ENDS;
    return 0;
}

/* How much of what comes from the offset on is held; puts at most `most` bytes of it into the buffer. */
static size_t take_held(uint64_t offset, size_t most, unsigned char *buffer) {
    const unsigned char *held = source.head + offset;
    uint64_t count = offset < source.head_count ? source.head_count - offset : 0;
    for (int index = 0, end = windows_in_use(); count < most && index < end; index++) {
        const struct span *span = &source.spans[index];
        if (offset < span->start || offset >= span->end || span->end - offset <= count) continue;
        held = source.windows[index] + (offset - span->start);
        count = span->end - offset;
    }
    if (count > most) count = most;
    if (count > 0) memcpy(buffer, held, count);
    return count;
}

bool source_read(uint64_t offset, size_t count, void *buffer) {
    if (offset > source.size || count > source.size - offset) return fail(SOURCE_ENDS);
    if (count > source.largest_read) return fail(SOURCE_TOO_LARGE);
    if (count == 0) return true;
    unsigned char *target = buffer;
    size_t held = take_held(offset, count, target);
    if (held == count) return true;
    /* What is missing of a speculative read may lie in a tensor, so that one starts where it was wanted. */
    if (count != SPECULATIVE && offset + count < source.size) {
        offset += held;
        target += held;
        count -= held;
    }
    if (count > WINDOW) {
        while (count > 0) {
            uint32_t piece = count < MLM_PIECE ? (uint32_t)count : MLM_PIECE;
            if (fetch(offset, piece, piece, target) == 0) return false;
            offset += piece;
            target += piece;
            count -= piece;
        }
        return true;
    }
    uint64_t index = source.filled++ % WINDOWS;
    source.spans[index] = (struct span){0, 0};
    uint64_t wanted = count < LEAST ? LEAST : count;
    if (wanted > source.size - offset) wanted = source.size - offset;
    uint32_t got = fetch(offset, (uint32_t)count, (uint32_t)wanted, source.windows[index]);
    if (got == 0) return false;
    source.spans[index] = (struct span){offset, offset + got};
    memcpy(target, source.windows[index], count);
    return true;
}
