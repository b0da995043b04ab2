// fence-probe PLACE ATTEMPT FOLDER: builds the fence of a place (inspecting, scanning, reading; off for none), with the
// folder as what may be read, and tries something that no program of ours does. Ends with 0 when it could be done, else
// with the errno; a process that is killed for it ends by its signal.

#include "CSandbox.h"
#include "FenceAttempts.h"
#include <fcntl.h>
#include <string.h>

enum { WRONG_USAGE = 240, NOT_PREPARED, NO_FENCE, ALL = MLM_PRIVILEGES | MLM_FILES | MLM_CALLS | MLM_LIMITS };

static unsigned fence(enum mlm_place place, const char *folder) {
    struct mlm_rules rules;
    int program = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    mlm_rules_begin(&rules);
    mlm_rules_allow(&rules, folder, MLM_READ);
    mlm_rules_allow_program(&rules, program);
    unsigned limits = mlm_limit((uint64_t)4 << 30, 120) == 0 ? MLM_LIMITS : 0;
    return mlm_fence(place, false, &rules) | limits;
}

int main(int count, char **arguments) {
    if (count != 4) return WRONG_USAGE;
    const char *place = arguments[1], *folder = arguments[3];
    if (attempt_prepare() != 0) return NOT_PREPARED;
    unsigned held = ALL;
    if (strcmp(place, "inspecting") == 0) held = fence(MLM_INSPECTING, folder);
    else if (strcmp(place, "scanning") == 0) held = fence(MLM_SCANNING, folder);
    else if (strcmp(place, "reading") == 0) held = mlm_fence_reader((uint64_t)1 << 30, 60, 16);
    else if (strcmp(place, "off") != 0) return WRONG_USAGE;
    if (held != ALL) return NO_FENCE;
    return attempt(arguments[2], folder) & 0xFF;
}
