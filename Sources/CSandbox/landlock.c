#define _GNU_SOURCE
#include "CSandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * Landlock: which files may be opened, and for what. The kernel's own header names only what its version had, so that the
 * rights stand here with the version of the interface that brought them.
 */

#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_add_rule 445
#define __NR_landlock_restrict_self 446
#endif

enum {
    EXECUTE = 1 << 0,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_FOLDER = 1 << 3,
    REMOVE_FOLDER = 1 << 4,
    REMOVE_FILE = 1 << 5,
    MAKE_FOLDER = 1 << 7,
    MAKE_FILE = 1 << 8,
    /* Of 1: all up to here, those of devices, sockets and links among them. */
    FILES_1 = (1 << 13) - 1,
    /* To give a file of one folder a name in another. */
    REFER_2 = 1 << 13,
    TRUNCATE_3 = 1 << 14,
    DEVICE_CONTROL_5 = 1 << 15,
    /* What a rule for a file may name. */
    OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE_3 | DEVICE_CONTROL_5,

    /* TCP: to bind and to connect. */
    NETWORK_4 = 3,
    /* Sockets with abstract names, and signals, of processes outside. */
    SCOPES_6 = 3,
};

struct ruleset {
    uint64_t files, network, scopes;
};

struct folder_rule {
    uint64_t rights;
    int32_t folder;
} __attribute__((packed));

static uint64_t rights_known(int version) {
    uint64_t rights = FILES_1;
    if (version >= 2) rights |= REFER_2;
    if (version >= 3) rights |= TRUNCATE_3;
    if (version >= 5) rights |= DEVICE_CONTROL_5;
    return rights;
}

void mlm_rules_begin(struct mlm_rules *rules) {
    rules->descriptor = -1;
    rules->version = 0;
    long version = syscall(__NR_landlock_create_ruleset, NULL, 0, 1 /* asks for the version */);
    if (version < 1) return;
    const struct ruleset set = {
        rights_known((int)version), version >= 4 ? NETWORK_4 : 0, version >= 6 ? SCOPES_6 : 0};
    /* A kernel that knows less of the structure takes it when the rest is zero. */
    long descriptor = syscall(__NR_landlock_create_ruleset, &set, sizeof set, 0);
    if (descriptor < 0) return;
    rules->descriptor = (int)descriptor;
    rules->version = (int)version;
}

static uint64_t rights_of(unsigned uses) {
    uint64_t rights = 0;
    if (uses & MLM_READ) rights |= READ_FILE | READ_FOLDER;
    if (uses & MLM_RUN) rights |= EXECUTE | READ_FILE;
    if (uses & MLM_WRITE)
        rights |= READ_FILE | READ_FOLDER | WRITE_FILE | TRUNCATE_3 | MAKE_FILE | MAKE_FOLDER | REMOVE_FILE |
                  REMOVE_FOLDER | REFER_2;
    return rights;
}

int mlm_rules_allow_open(const struct mlm_rules *rules, int descriptor, unsigned uses) {
    if (rules->descriptor < 0) return 0;
    struct stat status;
    if (fstat(descriptor, &status) != 0) return errno;
    struct folder_rule rule = {rights_of(uses) & rights_known(rules->version), descriptor};
    if (!S_ISDIR(status.st_mode)) rule.rights &= OF_FILES;
    return syscall(__NR_landlock_add_rule, rules->descriptor, 1 /* a folder or a file */, &rule, 0) == 0 ? 0 : errno;
}

int mlm_rules_allow(const struct mlm_rules *rules, const char *path, unsigned uses) {
    if (rules->descriptor < 0) return 0;
    int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0) return errno;
    int status = mlm_rules_allow_open(rules, place, uses);
    close(place);
    return status;
}

int mlm_rules_enforce(struct mlm_rules *rules) {
    if (rules->descriptor < 0) return ENOSYS;
    long status = syscall(__NR_landlock_restrict_self, rules->descriptor, 0);
    int error = status == 0 ? 0 : errno;
    close(rules->descriptor);
    rules->descriptor = -1;
    return error;
}
