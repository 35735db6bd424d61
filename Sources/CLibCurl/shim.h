/* The parts of libcurl that the HTTPFetch module uses: curl_easy_setopt and curl_easy_getinfo are variadic, and Swift cannot
   call them, so each kind of value has a function here. */
#ifndef FRONTLINE_CLIBCURL_SHIM_H
#define FRONTLINE_CLIBCURL_SHIM_H

#include <curl/curl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

typedef size_t (*frontline_curl_data_function)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode frontline_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode frontline_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode frontline_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode frontline_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode frontline_curl_set_data_function(CURL *handle, CURLoption option,
                                                        frontline_curl_data_function value) {
    return curl_easy_setopt(handle, option, value);
}

typedef curl_socket_t (*frontline_curl_socket_function)(void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode frontline_curl_set_socket_function(CURL *handle, frontline_curl_socket_function value) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, value);
}

typedef int (*frontline_curl_progress_function)(void *context, curl_off_t download, curl_off_t downloaded,
                                                curl_off_t upload, curl_off_t uploaded);

static inline CURLcode frontline_curl_set_progress_function(CURL *handle, frontline_curl_progress_function value) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}

/* Copies the address that libcurl is about to connect to; the result is its length in bytes, 4 or 16, or 0 for another
   family. The field of the struct is declared shorter than the address that it contains. */
static inline int frontline_curl_address_bytes(struct curl_sockaddr *address, unsigned char bytes[16]) {
    if (address->family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, &address->addr, sizeof four);
        memcpy(bytes, &four.sin_addr, 4);
        return 4;
    }
    if (address->family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, (const char *)address + offsetof(struct curl_sockaddr, addr), sizeof six);
        memcpy(bytes, &six.sin6_addr, 16);
        return 16;
    }
    return 0;
}

static inline CURLcode frontline_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode frontline_curl_get_string(CURL *handle, CURLINFO info, char **value) {
    return curl_easy_getinfo(handle, info, value);
}

/* Allows only http and https, for the request and for every redirection. */
static inline CURLcode frontline_curl_only_http(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075500
    CURLcode code = curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
    long both = CURLPROTO_HTTP | CURLPROTO_HTTPS;
    CURLcode code = curl_easy_setopt(handle, CURLOPT_PROTOCOLS, both);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS, both);
#endif
}

#endif
