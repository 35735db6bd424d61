/* The parts of OpenSSL that the modules Digests (libcrypto) and TLS (libssl) use. Macros have functions here, because
   Swift sees only the simplest of them. */
#ifndef FRONTLINE_COPENSSL_SHIM_H
#define FRONTLINE_COPENSSL_SHIM_H

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/* Starts the libraries without their handler at exit: it would free what the threads of the event loops still use. To be
   called before the first use; any number of times, from any thread. */
static inline int frontline_start_openssl(void) {
    return OPENSSL_init_ssl(OPENSSL_INIT_NO_ATEXIT, NULL);
}

/* A context of HMAC with SHA-256 under a key, or NULL; arrays of OSSL_PARAM are awkward to build in Swift. */
static inline EVP_MAC_CTX *frontline_hmac_sha256(const unsigned char *key, size_t length) {
    frontline_start_openssl();
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *context = mac == NULL ? NULL : EVP_MAC_CTX_new(mac);
    EVP_MAC_free(mac); /* the context holds its own reference */
    char name[] = "SHA256";
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0), OSSL_PARAM_construct_end()};
    if (context != NULL && EVP_MAC_init(context, key, length, parameters) != 1) {
        EVP_MAC_CTX_free(context);
        context = NULL;
    }
    return context;
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
