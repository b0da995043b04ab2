#pragma once
#include <stdbool.h>
#include <sys/types.h>

/* Calls of the GNU C library that Swift does not see. Each returns 0 or an errno. */

/* A pipe that no program started meanwhile inherits. */
int mlm_pipe(int *read_end, int *write_end);

/* Starts a program with two ends of pipes as its input and output, /dev/null for errors, an environment, and nothing else
   of ours: no other open file, no blocked or ignored signal. One that leads a group of its own is not reached by the
   signals of a terminal. */
int mlm_spawn(
    const char *program, char *const arguments[], int input, int output, char *const environment[], bool leads_group,
    pid_t *id);

/* The path of the library that the address is in; NULL when that is not known. */
const char *mlm_image(const void *address);
