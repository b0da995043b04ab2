/* The functions of one digest alone are called deprecated, and are a fifteenth of what is linked in for any digest. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/opensslv.h>
#include <openssl/sha.h>
