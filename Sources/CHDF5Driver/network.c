#include <stddef.h>

/*
 * The archive of libhdf5 can read files from a network. In place of the libraries that it would do so with it gets these,
 * which fail: there is no client of a network in this program.
 */

enum { FAILED_TO_START = 2 };

int curl_global_init(long flags) {
    (void)flags;
    return FAILED_TO_START;
}

void curl_global_cleanup(void) {}

void *curl_easy_init(void) { return NULL; }

int curl_easy_setopt(void *handle, int option, ...) {
    (void)handle, (void)option;
    return FAILED_TO_START;
}

int curl_easy_perform(void *handle) {
    (void)handle;
    return FAILED_TO_START;
}

void curl_easy_cleanup(void *handle) { (void)handle; }

void *curl_slist_append(void *list, const char *text) {
    (void)list, (void)text;
    return NULL;
}

void curl_slist_free_all(void *list) { (void)list; }

/* It signs its requests with these of libcrypto. */

const void *EVP_sha256(void) { return NULL; }

unsigned char *HMAC(
    const void *digest, const void *key, int key_count, const unsigned char *bytes, size_t count, unsigned char *result,
    unsigned *result_count) {
    (void)digest, (void)key, (void)key_count, (void)bytes, (void)count, (void)result, (void)result_count;
    return NULL;
}

unsigned char *SHA256(const unsigned char *bytes, size_t count, unsigned char *result) {
    (void)bytes, (void)count, (void)result;
    return NULL;
}
