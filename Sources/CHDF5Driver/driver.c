#include "CHDF5Driver.h"
#include "source.h"
#include <hdf5/serial/hdf5.h>
#include <stdlib.h>
#include <string.h>

/* A file driver for libhdf5 that has one file, reads it through the parent, and writes nothing. */

struct file {
    H5FD_t base;
    haddr_t end_of_allocation;
};

static H5FD_t *open_source(const char *name, unsigned flags, hid_t access, haddr_t largest) {
    (void)access, (void)largest;
    /* Any other name is one that stands in the file. */
    if (strcmp(name, "") != 0 && strcmp(name, "source") != 0) return NULL;
    if (flags & (H5F_ACC_RDWR | H5F_ACC_TRUNC | H5F_ACC_CREAT | H5F_ACC_EXCL)) return NULL;
    return calloc(1, sizeof(struct file));
}

static herr_t close_source(H5FD_t *file) {
    free(file);
    return 0;
}

static herr_t query(const H5FD_t *file, unsigned long *flags) {
    (void)file;
    /* No feature: each read is for what is needed now. */
    *flags = 0;
    return 0;
}

static haddr_t end_of_allocation(const H5FD_t *file, H5FD_mem_t type) {
    (void)type;
    return ((const struct file *)file)->end_of_allocation;
}

static herr_t set_end_of_allocation(H5FD_t *file, H5FD_mem_t type, haddr_t address) {
    (void)type;
    ((struct file *)file)->end_of_allocation = address;
    return 0;
}

static haddr_t end_of_file(const H5FD_t *file, H5FD_mem_t type) {
    (void)file, (void)type;
    return source_size();
}

static herr_t read_source(H5FD_t *file, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t count, void *buffer) {
    (void)file, (void)type, (void)transfer;
    return source_read(address, count, buffer) ? 0 : -1;
}

static herr_t write_source(
    H5FD_t *file, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t count, const void *buffer) {
    (void)file, (void)type, (void)transfer, (void)address, (void)count, (void)buffer;
    return -1;
}

static const H5FD_class_t driver = {
    .name = "mlm-inspect",
    .maxaddr = INT64_MAX,
    .fc_degree = H5F_CLOSE_STRONG,
    .open = open_source,
    .close = close_source,
    .query = query,
    .get_eoa = end_of_allocation,
    .set_eoa = set_end_of_allocation,
    .get_eof = end_of_file,
    .read = read_source,
    .write = write_source,
    .fl_map = H5FD_FLMAP_DICHOTOMY,
};

int64_t mlm_file_access(void) {
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    /* A file may name filters; none of them is ever needed, and no library is loaded for one. */
    if (H5PLset_loading_state(0) < 0) return -1;
    hid_t id = H5FDregister(&driver);
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (id < 0 || access < 0 || H5Pset_driver(access, id, NULL) < 0) return -1;
    return H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) < 0 ? -1 : access;
}

struct cause {
    char *words;
    size_t size;
};

static herr_t note_cause(unsigned place, const H5E_error2_t *error, void *state) {
    struct cause *cause = state;
    if (place == 0 && error->desc) {
        strncpy(cause->words, error->desc, cause->size - 1);
        cause->words[cause->size - 1] = 0;
    }
    return 0;
}

enum mlm_failure mlm_cause(char *words, size_t size) {
    struct cause cause = {words, size};
    words[0] = 0;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, note_cause, &cause);
    H5Eclear2(H5E_DEFAULT);
    switch (source_failure()) {
    case SOURCE_UNREADABLE: return MLM_UNREADABLE;
    case SOURCE_ENDS: return MLM_TRUNCATED;
    case SOURCE_TOO_LARGE: strncpy(words, "2", size); return MLM_LIMIT;
    case SOURCE_FINE: break;
    }
    return strncmp(words, "truncated file", 14) == 0 ? MLM_TRUNCATED : MLM_MALFORMED;
}
