/* The parts of OpenSSL's libcrypto that the Digests module uses. */
#ifndef FRONTLINE_CLIBCRYPTO_SHIM_H
#define FRONTLINE_CLIBCRYPTO_SHIM_H

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

/* A context of HMAC with SHA-256 under a key, or NULL; arrays of OSSL_PARAM are awkward to build in Swift. */
static inline EVP_MAC_CTX *frontline_hmac_sha256(const unsigned char *key, size_t length) {
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

#endif
