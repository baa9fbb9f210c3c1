#ifndef TOUCHLINE_CLIBCURL_SHIM_H
#define TOUCHLINE_CLIBCURL_SHIM_H

#include <curl/curl.h>
#include <signal.h>
#include <zlib.h>

/* Swift cannot call variadic functions: one function per kind of argument, so that the C compiler checks the kind. */

typedef size_t (*ccurl_write_function)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_write_function(CURL *easy, ccurl_write_function function) {
    return curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, function);
}

static inline CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode ccurl_get_string(CURL *easy, CURLINFO info, const char **value) {
    return curl_easy_getinfo(easy, info, value);
}

/* CURLMsg holds an anonymous union, which Swift does not import: the next finished transfer, or easy == NULL. */
typedef struct {
    CURL *easy;
    CURLcode result;
} ccurl_finished;

static inline ccurl_finished ccurl_next_finished(CURLM *multi) {
    ccurl_finished finished = {NULL, CURLE_OK};
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left))) {
        if (message->msg == CURLMSG_DONE) {
            finished.easy = message->easy_handle;
            finished.result = message->data.result;
            break;
        }
    }
    return finished;
}

/* inflateInit2 is a macro; 15 bits of window, and 16 more for gzip alone. */
static inline int ccurl_inflate_start(z_streamp stream) { return inflateInit2(stream, 15 + 16); }

/* Initialises libcurl for the process. With CURLOPT_NOSIGNAL libcurl leaves SIGPIPE alone, and OpenSSL writes to
   sockets without MSG_NOSIGNAL: a peer that hangs up would end the process unless the signal is ignored. */
static inline CURLcode ccurl_start(void) {
    struct sigaction current;
    if (sigaction(SIGPIPE, NULL, &current) == 0 && current.sa_handler == SIG_DFL) {
        signal(SIGPIPE, SIG_IGN);
    }
    return curl_global_init(CURL_GLOBAL_ALL);
}

#endif
