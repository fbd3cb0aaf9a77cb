#pragma once

#include <curl/curl.h>

namespace portal::prolog {

/// The functions of libcurl that we call. The library and the forty it pulls in are loaded when
/// first needed: a hook ends long before that (it takes as long as /bin/true, not five times that).
struct CurlLibrary {
    decltype(&curl_global_init) global_init = nullptr;
    decltype(&curl_easy_init) easy_init = nullptr;
    decltype(&curl_easy_setopt) easy_setopt = nullptr;
    decltype(&curl_easy_perform) easy_perform = nullptr;
    decltype(&curl_easy_getinfo) easy_getinfo = nullptr;
    decltype(&curl_easy_strerror) easy_strerror = nullptr;
    decltype(&curl_easy_reset) easy_reset = nullptr;
    decltype(&curl_easy_cleanup) easy_cleanup = nullptr;
    decltype(&curl_slist_append) slist_append = nullptr;
    decltype(&curl_slist_free_all) slist_free_all = nullptr;
};

/// Loads it, once. Throws std::runtime_error if it is not there.
[[nodiscard]] const CurlLibrary& curl_library();

}  // namespace portal::prolog
