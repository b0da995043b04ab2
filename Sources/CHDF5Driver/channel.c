#include "channel.h"
#include "CHDF5Driver.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* The pipe ends where every program has its input and output. */
enum { FROM_PARENT = 0, TO_PARENT = 1 };

/* A frame is a kind, a length, and as much as the largest piece. */
enum { FRAME_HEAD = 5 };

static void send_all(const unsigned char *bytes, size_t count) {
    while (count > 0) {
        ssize_t sent = write(TO_PARENT, bytes, count);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) _exit(1);
        bytes += sent;
        count -= (size_t)sent;
    }
}

void mlm_send(char kind, const void *bytes, size_t count) {
    unsigned char frame[FRAME_HEAD + MLM_PIECE];
    if (count > MLM_PIECE) _exit(1);
    frame[0] = (unsigned char)kind;
    uint32_t length = (uint32_t)count;
    memcpy(frame + 1, &length, sizeof length);
    if (count > 0) memcpy(frame + FRAME_HEAD, bytes, count);
    send_all(frame, FRAME_HEAD + count);
}

bool channel_receive(void *bytes, size_t count) {
    unsigned char *target = bytes;
    while (count > 0) {
        ssize_t got = read(FROM_PARENT, target, count);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        target += got;
        count -= (size_t)got;
    }
    return true;
}
