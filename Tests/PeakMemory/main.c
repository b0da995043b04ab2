// peak-memory PROGRAM [ARGUMENT…]: runs the program, writes the most memory it held at once, in KiB, to standard error as
// the last line, and ends with its exit code.
//
// A program of its own, and a small one: Linux counts what the parent held into the child's peak, so a test runner that
// starts the program itself would measure its own memory.

#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **arguments) {
    if (count < 2) return 64;
    pid_t child = fork();
    if (child == 0) {
        execv(arguments[1], arguments + 1);
        _exit(127);
    }
    int status = 0;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) return 126;
    fprintf(stderr, "\n%ld\n", usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
