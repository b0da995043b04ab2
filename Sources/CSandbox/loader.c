#define _GNU_SOURCE
#include "CSandbox.h"
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What starting a program takes: the program itself, and unless it is static its loader and the folders of libraries. */

/* The loader that a program names; false when it names none, and so is static. */
static bool loader_of(int program, char *path, size_t size) {
    unsigned char head[4096];
    ssize_t count = pread(program, head, sizeof head, 0);
    if (count < (ssize_t)sizeof(ElfW(Ehdr)) || memcmp(head, ELFMAG, SELFMAG) != 0) return false;
    ElfW(Ehdr) elf;
    memcpy(&elf, head, sizeof elf);
    for (unsigned index = 0; index < elf.e_phnum; index++) {
        size_t place = elf.e_phoff + index * sizeof(ElfW(Phdr));
        if (place > (size_t)count || (size_t)count - place < sizeof(ElfW(Phdr))) return false;
        ElfW(Phdr) part;
        memcpy(&part, head + place, sizeof part);
        if (part.p_type != PT_INTERP) continue;
        if (part.p_filesz == 0 || part.p_filesz > size) return false;
        if (pread(program, path, part.p_filesz, (off_t)part.p_offset) != (ssize_t)part.p_filesz) return false;
        path[part.p_filesz - 1] = 0;
        return true;
    }
    return false;
}

/* The folder of a library of this process: a program beside it is mostly linked to libraries that lie there too. */
static int allow_folder(struct dl_phdr_info *library, size_t size, void *state) {
    (void)size;
    const char *name = library->dlpi_name, *end = name ? strrchr(name, '/') : NULL;
    char folder[4096];
    if (!end || end == name || (size_t)(end - name) >= sizeof folder) return 0;
    /* All that lies below these is readable anyway. */
    if (strncmp(name, "/lib", 4) == 0 || strncmp(name, "/usr/lib", 8) == 0) return 0;
    memcpy(folder, name, (size_t)(end - name));
    folder[end - name] = 0;
    mlm_rules_allow(state, folder, MLM_READ);
    return 0;
}

static void allow_list(const struct mlm_rules *rules, const char *list) {
    char folder[4096];
    while (list && *list) {
        size_t length = strcspn(list, ":;");
        if (length > 0 && length < sizeof folder) {
            memcpy(folder, list, length);
            folder[length] = 0;
            mlm_rules_allow(rules, folder, MLM_READ);
        }
        list += length + (list[length] != 0);
    }
}

int mlm_rules_allow_program(const struct mlm_rules *rules, int program) {
    static const char *const usual[] = {
        "/etc/ld.so.cache", "/etc/ld.so.preload", "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"};
    if (rules->descriptor < 0) return 0;
    int status = mlm_rules_allow_open(rules, program, MLM_RUN);
    char loader[256];
    if (status != 0 || !loader_of(program, loader, sizeof loader)) return status;
    status = mlm_rules_allow(rules, loader, MLM_RUN);
    for (size_t index = 0; index < sizeof usual / sizeof *usual; index++) mlm_rules_allow(rules, usual[index], MLM_READ);
    dl_iterate_phdr(allow_folder, (void *)rules);
    allow_list(rules, getenv("LD_LIBRARY_PATH"));
    return status;
}
