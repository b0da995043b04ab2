#pragma once
#include <stdbool.h>
#include <stddef.h>

/* Waits for exactly that many bytes of the parent; false when it is gone. */
bool channel_receive(void *bytes, size_t count);

/* The open file that the parent has handed through the door; -1 when it has not. */
int channel_receive_file(void);
