#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The pipe between mlm-inspect-hdf5 and its parent, the file driver that reads through it, and what the process may do.
 *
 * All integers are little-endian. The parent sends one message a file:
 *
 *     'I'  u64 size of the file; u64 each of the limits in the order of struct mlm_limits; u64 where it begins in the
 *          open file that was handed through the door just before, or UINT64_MAX when none was; u32 n; the first n bytes
 *
 * and gets frames back: a kind, u32 n, n bytes.
 *
 *     'R'  u64 offset, u32 count: the parent answers with u32 n and n bytes, fewer than count only at the end of the
 *          file, or with UINT32_MAX when it cannot read
 *     'C'  u64 bytes and u64 reads: what was read of the open file that was handed over, so that the parent can count it
 *     'D'  a piece of the outline
 *     'E'  the file cannot be read to its end: a kind of enum mlm_failure, and the cause in words
 *     'F'  the outline is complete
 *
 * 'E' and 'F' are the last of a file.
 */

/* No piece of a file is larger than this, so that each message fits in a pipe. */
enum { MLM_PIECE = 32 << 10 };

struct mlm_limits {
    uint64_t objects, attributes, attribute_bytes, name_bytes, depth, memory, microseconds;
};

enum mlm_failure {
    MLM_MALFORMED = 1,
    MLM_TRUNCATED = 2,
    /* A limit; its number in the order of struct mlm_limits, from 0, stands in place of words. */
    MLM_LIMIT = 3,
    /* The parent could not read, and knows why. */
    MLM_UNREADABLE = 4,
};

/* Takes away what the process does not need: files beyond the one that is handed to it, system calls but for the few that
   are needed, more privileges, and what would raise its limits, as far as the kernel can. Once, at the start. False when
   not even the privileges can be given up. */
bool mlm_fence_in(void);

/* Waits for the next file and puts its limits on memory and time in force; false when there is none. */
bool mlm_next_file(struct mlm_limits *limits);

/* Lifts those limits, says what was read and gives the file back. */
void mlm_end_file(void);

/* Sends a frame. A parent that is gone ends the process. */
void mlm_send(char kind, const void *bytes, size_t count);

/* The identifier of a file access property list with the driver, of type hid_t. Opens the file of mlm_next_file only. */
int64_t mlm_file_access(void);

/* Why libhdf5 could not go on: its own words for the innermost cause. */
enum mlm_failure mlm_cause(char *words, size_t size);

/* True when the last file took so much memory that its gaps would stay, or all so much time that the process comes near
   what it may use; then a new one should take over. */
bool mlm_is_worn_out(void);
