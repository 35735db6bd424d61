/* The parts of OpenSSL that the modules Digests (libcrypto) and TLS (libssl) use. Macros have functions here, because
   Swift sees only the simplest of them. */
#ifndef FRONTLINE_COPENSSL_SHIM_H
#define FRONTLINE_COPENSSL_SHIM_H

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string.h>

/* Starts the libraries without their handler at exit: it would free what the threads of the event loops still use. To be
   called before the first use; any number of times, from any thread. */
static inline int frontline_start_openssl(void) {
    return OPENSSL_init_ssl(OPENSSL_INIT_NO_ATEXIT, NULL);
}

/* HMAC with SHA-256 (RFC 2104) under a key: both hashes after their first block, which is the key's. These functions of
   libcrypto are deprecated in favour of contexts, which allocate memory some ten times for every code. */
typedef struct {
    SHA256_CTX inner, outer;
} frontline_hmac_sha256_key;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

static inline frontline_hmac_sha256_key frontline_hmac_sha256_prepare(const unsigned char *key, size_t length) {
    unsigned char block[SHA256_CBLOCK] = {0};
    if (length > sizeof block) {
        SHA256(key, length, block);
    } else if (length > 0) {
        memcpy(block, key, length);
    }
    frontline_hmac_sha256_key prepared;
    SHA256_Init(&prepared.inner);
    SHA256_Init(&prepared.outer);
    for (size_t index = 0; index < sizeof block; index++) block[index] ^= 0x36;
    SHA256_Update(&prepared.inner, block, sizeof block);
    for (size_t index = 0; index < sizeof block; index++) block[index] ^= 0x36 ^ 0x5c;
    SHA256_Update(&prepared.outer, block, sizeof block);
    OPENSSL_cleanse(block, sizeof block);
    return prepared;
}

/* Writes the code of some bytes, SHA256_DIGEST_LENGTH bytes long. */
static inline void frontline_hmac_sha256(
    const frontline_hmac_sha256_key *key, const unsigned char *bytes, size_t length, unsigned char *code) {
    SHA256_CTX hash = key->inner;
    SHA256_Update(&hash, bytes, length);
    SHA256_Final(code, &hash);
    hash = key->outer;
    SHA256_Update(&hash, code, SHA256_DIGEST_LENGTH);
    SHA256_Final(code, &hash);
}

#pragma GCC diagnostic pop

/* Sets what is a flag: no compression, no renegotiation, no tickets, the server's order of suites, no resumption, and no
   buffers while there is nothing to read or write. */
static inline void frontline_set_flags(SSL_CTX *context) {
    SSL_CTX_set_options(
        context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
}

/* Sets the oldest version to be spoken, unless the system's configuration asks for a newer one. */
static inline int frontline_raise_minimum_version(SSL_CTX *context, int version) {
    return SSL_CTX_get_min_proto_version(context) >= version || SSL_CTX_set_min_proto_version(context, version) == 1;
}

static inline int frontline_set_groups(SSL_CTX *context, const char *names) {
    return (int)SSL_CTX_set1_groups_list(context, names);
}

/* Sets the name that a client asks for (SNI). */
static inline int frontline_set_server_name(SSL *session, const char *name) {
    return (int)SSL_set_tlsext_host_name(session, name);
}

#endif
