#include <stddef.h>

/*
 * What libzip wants of libcrypto to encrypt and to decrypt. It asks for a password first, and there never is one, so none of
 * this is ever called; libcrypto's own would be an eighth of the program. Each of them fails.
 */

const void *EVP_sha1(void) { return NULL; }

void *HMAC_CTX_new(void) { return NULL; }

void HMAC_CTX_free(void *context) { (void)context; }

int HMAC_Init_ex(void *context, const void *key, int key_count, const void *digest, void *engine) {
    (void)context, (void)key, (void)key_count, (void)digest, (void)engine;
    return 0;
}

int HMAC_Update(void *context, const unsigned char *bytes, size_t count) {
    (void)context, (void)bytes, (void)count;
    return 0;
}

int HMAC_Final(void *context, unsigned char *result, unsigned *result_count) {
    (void)context, (void)result, (void)result_count;
    return 0;
}

int PKCS5_PBKDF2_HMAC_SHA1(
    const char *password, int password_count, const unsigned char *salt, int salt_count, int rounds, int result_count,
    unsigned char *result) {
    (void)password, (void)password_count, (void)salt, (void)salt_count, (void)rounds, (void)result_count, (void)result;
    return 0;
}

int RAND_bytes(unsigned char *bytes, int count) {
    (void)bytes, (void)count;
    return 0;
}

int AES_set_encrypt_key(const unsigned char *key, int bits, void *schedule) {
    (void)key, (void)bits, (void)schedule;
    return -1;
}

void AES_encrypt(const unsigned char *from, unsigned char *to, const void *schedule) {
    (void)from, (void)to, (void)schedule;
}
