#include "channel.h"
#include "CHDF5Driver.h"
#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The pipe ends where every program has its input and output, and the door after them. */
enum { FROM_PARENT = 0, TO_PARENT = 1, DOOR = 3 };

/* A frame is a kind, a length, and as much as the largest piece. */
enum { FRAME_HEAD = 5 };

/* How often another process gets its turn before this one sleeps. */
enum { MOST_YIELDS = 100 };

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
    int idle = 0;
    while (count > 0) {
        ssize_t got = read(FROM_PARENT, target, count);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) {
            /* An answer takes a few microseconds, being put to sleep and woken up many more. */
            struct pollfd parent = {FROM_PARENT, POLLIN, 0};
            if (idle++ < MOST_YIELDS) sched_yield();
            else poll(&parent, 1, -1);
            continue;
        }
        if (got <= 0) return false;
        target += got;
        count -= (size_t)got;
    }
    return true;
}

int channel_receive_file(void) {
    int descriptor = -1;
    union {
        struct cmsghdr head;
        char bytes[CMSG_SPACE(sizeof descriptor)];
    } control;
    char byte;
    struct iovec data = {&byte, 1};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    ssize_t got;
    do got = recvmsg(DOOR, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    struct cmsghdr *rights = got == 1 ? CMSG_FIRSTHDR(&message) : NULL;
    if (rights && rights->cmsg_type == SCM_RIGHTS && rights->cmsg_len == CMSG_LEN(sizeof descriptor))
        memcpy(&descriptor, CMSG_DATA(rights), sizeof descriptor);
    return descriptor;
}
