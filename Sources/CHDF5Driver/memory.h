#pragma once
#include <stddef.h>

/* From here on so many bytes more than are in use now; beyond that the process tells the parent so, and ends. */
void memory_limit(size_t bytes);
void memory_unlimited(void);
size_t memory_used(void);
/* The most that was in use since the last memory_limit. */
size_t memory_peak(void);
