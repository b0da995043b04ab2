#pragma once
#include <stdbool.h>
#include <sys/types.h>

/* Calls of the GNU C library that Swift does not see. Each returns 0 or an errno. */

/* A pipe that no program started meanwhile inherits. */
int mlm_pipe(int *read_end, int *write_end);

/* Two ends of a socket, neither of which a program started meanwhile inherits: open files are handed through it. */
int mlm_socketpair(int *ours, int *theirs);

/* Hands an open file through a door; it stays open here. */
int mlm_send_fd(int door, int descriptor);

/* A program by its path, or by a descriptor where it was opened before, which counts more; -1 where it was not. */
struct mlm_program {
    const char *path;
    int descriptor;
};

/* Starts a program with two ends of pipes as its input and output, nowhere to write errors, an environment, and nothing else
   of ours: no other open file, no blocked or ignored signal. One that leads a group of its own is not reached by the
   signals of a terminal. A door, where there is one, becomes its descriptor 3. */
int mlm_spawn(
    const struct mlm_program *program, char *const arguments[], int input, int output, int door,
    char *const environment[], bool leads_group, pid_t *id);

/* The path of the library that the address is in; NULL when that is not known. */
const char *mlm_image(const void *address);

/* The path of the running program: what the kernel calls it, which holds when the file is replaced; where there is no
   /proc, what the program was started as. */
const char *mlm_own_path(void);
