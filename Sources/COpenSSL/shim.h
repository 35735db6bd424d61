/* The parts of OpenSSL that the modules Digests and IdentityTokens (libcrypto) and TLS (libssl) use. Macros have functions here, because
   Swift sees only the simplest of them. */
#ifndef FRONTLINE_COPENSSL_SHIM_H
#define FRONTLINE_COPENSSL_SHIM_H

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
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

/* Public keys from their numbers (RFC 7518, section 6), to be freed by EVP_PKEY_free; NULL for what is no key. */
static inline EVP_PKEY *frontline_public_key(const char *kind, OSSL_PARAM_BLD *builder) {
    EVP_PKEY *key = NULL;
    OSSL_PARAM *parameters = OSSL_PARAM_BLD_to_param(builder);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, kind, NULL);
    if (parameters == NULL || context == NULL || EVP_PKEY_fromdata_init(context) != 1 ||
        EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
        EVP_PKEY_free(key);
        key = NULL;
    }
    EVP_PKEY_CTX_free(context);
    OSSL_PARAM_free(parameters);
    ERR_clear_error();
    return key;
}

static inline EVP_PKEY *frontline_rsa_key(
    const unsigned char *modulus, int modulus_length, const unsigned char *exponent, int exponent_length) {
    EVP_PKEY *key = NULL;
    BIGNUM *n = BN_bin2bn(modulus, modulus_length, NULL), *e = BN_bin2bn(exponent, exponent_length, NULL);
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    if (n != NULL && e != NULL && builder != NULL && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
        OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e) == 1) {
        key = frontline_public_key("RSA", builder);
    }
    OSSL_PARAM_BLD_free(builder);
    BN_free(e);
    BN_free(n);
    return key;
}

/* The point is 4, x and y; one that is not on the curve is no key. */
static inline EVP_PKEY *frontline_ec_key(const char *curve, const unsigned char *point, size_t length) {
    EVP_PKEY *key = NULL;
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    if (builder != NULL && OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, curve, 0) == 1 &&
        OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, length) == 1) {
        key = frontline_public_key("EC", builder);
    }
    OSSL_PARAM_BLD_free(builder);
    EVP_PKEY_CTX *context = key == NULL ? NULL : EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    if (key != NULL && (context == NULL || EVP_PKEY_public_check(context) != 1)) {
        EVP_PKEY_free(key);
        key = NULL;
    }
    EVP_PKEY_CTX_free(context);
    ERR_clear_error();
    return key;
}

/* Whether a signature is that of a message; without a digest for keys that have one of their own. PSS takes a salt as long
   as the digest. */
static inline int frontline_verify(
    EVP_PKEY *key, const char *digest, int is_pss, const unsigned char *signature, size_t signature_length,
    const unsigned char *message, size_t message_length) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *settings = NULL;
    int is_good = context != NULL && EVP_DigestVerifyInit_ex(context, &settings, digest, NULL, NULL, key, NULL) == 1 &&
        (!is_pss || (EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PSS_PADDING) == 1 &&
                     EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, RSA_PSS_SALTLEN_DIGEST) == 1)) &&
        EVP_DigestVerify(context, signature, signature_length, message, message_length) == 1;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return is_good;
}

/* The same for ECDSA, whose signatures are two numbers of the same length one after the other (RFC 7518, section 3.4). */
static inline int frontline_verify_ecdsa(
    EVP_PKEY *key, const char *digest, const unsigned char *signature, size_t signature_length,
    const unsigned char *message, size_t message_length) {
    int is_good = 0, half = (int)(signature_length / 2);
    unsigned char *encoded = NULL;
    ECDSA_SIG *pair = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(signature, half, NULL), *s = BN_bin2bn(signature + half, half, NULL);
    if (pair != NULL && r != NULL && s != NULL && ECDSA_SIG_set0(pair, r, s) == 1) {
        r = s = NULL;
        int length = i2d_ECDSA_SIG(pair, &encoded);
        is_good = length > 0 &&
            frontline_verify(key, digest, 0, encoded, (size_t)length, message, message_length);
    }
    OPENSSL_free(encoded);
    BN_free(s);
    BN_free(r);
    ECDSA_SIG_free(pair);
    ERR_clear_error();
    return is_good;
}

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
