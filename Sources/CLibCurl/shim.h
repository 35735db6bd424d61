/* What the HTTPFetch module needs of libcurl: curl_easy_setopt and curl_easy_getinfo are variadic, and Swift cannot
   call them, so each kind of value has a function here. */
#ifndef FRONTLINE_CLIBCURL_SHIM_H
#define FRONTLINE_CLIBCURL_SHIM_H

#include <curl/curl.h>

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

static inline CURLcode frontline_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode frontline_curl_get_string(CURL *handle, CURLINFO info, char **value) {
    return curl_easy_getinfo(handle, info, value);
}

/* http and https alone, for the request and for every redirection. */
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
