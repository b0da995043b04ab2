#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Why the last read failed, if one did. */
enum source_failure { SOURCE_FINE, SOURCE_ENDS, SOURCE_UNREADABLE, SOURCE_TOO_LARGE };

/* Takes the size and the first bytes of a new file from the parent; false when it is gone. */
bool source_begin(uint64_t size, uint64_t largest_read);

/* Says what was read of the file that was handed over, and closes it. */
void source_end(void);

uint64_t source_size(void);
enum source_failure source_failure(void);

/* Fills the buffer from the offset on. */
bool source_read(uint64_t offset, size_t count, void *buffer);
