// fence-probe PLACE ATTEMPT FOLDER: builds the fence of a place (inspecting, scanning, reading; off for none), with the
// folder as what may be read, and tries something that no program of ours does. Ends with 0 when it could be done, else
// with the errno; a process that is killed for it ends by its signal. The attempt "held" ends with what of the fence holds.
//
// fence-probe without PART[,PART…] ERRNO PROGRAM ARGUMENT…: runs a program as on a kernel that has less for a fence.

#include "CSandbox.h"
#include "FenceAttempts.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WRONG_USAGE = 240, NOT_PREPARED, NOT_LESS };

static unsigned fence(enum mlm_place place, const char *folder) {
    struct mlm_rules rules;
    int program = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    mlm_rules_begin(&rules);
    mlm_rules_allow(&rules, folder, MLM_READ);
    mlm_rules_allow_program(&rules, program);
    unsigned limits = mlm_limit((uint64_t)4 << 30, 120) == 0 ? MLM_LIMITS : 0;
    return mlm_fence(place, false, &rules) | limits;
}

static int run_without(char *parts, const char *error, char *arguments[]) {
    for (char *part = strtok(parts, ","); part; part = strtok(NULL, ","))
        if (lessen(part, atoi(error)) != 0) return NOT_LESS;
    execvp(arguments[0], arguments);
    return NOT_PREPARED;
}

int main(int count, char **arguments) {
    if (count > 4 && strcmp(arguments[1], "without") == 0) return run_without(arguments[2], arguments[3], arguments + 4);
    if (count != 4) return WRONG_USAGE;
    const char *place = arguments[1], *what = arguments[2], *folder = arguments[3];
    if (attempt_prepare() != 0) return NOT_PREPARED;
    unsigned held = 0;
    if (strcmp(place, "inspecting") == 0) held = fence(MLM_INSPECTING, folder);
    else if (strcmp(place, "scanning") == 0) held = fence(MLM_SCANNING, folder);
    else if (strcmp(place, "reading") == 0) held = mlm_fence_reader((uint64_t)1 << 30, 60, 16);
    else if (strcmp(place, "off") != 0) return WRONG_USAGE;
    return strcmp(what, "held") == 0 ? (int)held : attempt(what, folder) & 0xFF;
}
