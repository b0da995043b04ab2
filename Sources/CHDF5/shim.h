#pragma once

/* Functions that have a number since HDF5 1.12 mean here what they meant in 1.10. */
#define H5_USE_110_API
#include <hdf5/serial/hdf5.h>

/* What libhdf5 defines by macros that Swift cannot import: they call H5open() first. */

static inline hid_t chdf5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t chdf5_c_string(void) { return H5T_C_S1; }
static inline hid_t chdf5_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t chdf5_uint64(void) { return H5T_NATIVE_UINT64; }
static inline hid_t chdf5_double(void) { return H5T_NATIVE_DOUBLE; }

/* The properties of a link do not matter to any call here. */

/* The name is one that our driver knows. */
static inline hid_t chdf5_open_file(hid_t access) { return H5Fopen("source", H5F_ACC_RDONLY, access); }
static inline hid_t chdf5_open_root(hid_t file) { return H5Oopen(file, "/", H5P_DEFAULT); }
static inline hid_t chdf5_open_attribute(hid_t object, const char *name) { return H5Aopen(object, name, H5P_DEFAULT); }
static inline herr_t chdf5_link_value(hid_t group, const char *name, void *value, size_t size) {
    return H5Lget_val(group, name, value, size, H5P_DEFAULT);
}

/* Without the fields that make libhdf5 read whole indices. */
static inline herr_t chdf5_object_info(hid_t object, H5O_info_t *info) {
    return H5Oget_info2(object, info, H5O_INFO_BASIC | H5O_INFO_NUM_ATTRS);
}

static inline herr_t chdf5_each_link(hid_t group, H5L_iterate_t visit, void *state) {
    hsize_t index = 0;
    return H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, &index, visit, state);
}
static inline haddr_t chdf5_link_address(const H5L_info_t *info) { return info->u.address; }
static inline size_t chdf5_link_value_size(const H5L_info_t *info) { return info->u.val_size; }

static inline herr_t chdf5_each_attribute(hid_t object, H5A_operator2_t visit, void *state) {
    hsize_t index = 0;
    return H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &index, visit, state);
}
