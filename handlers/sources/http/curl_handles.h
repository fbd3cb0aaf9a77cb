#pragma once

#include <curl/curl.h>

#include <memory>

namespace portal::http {

struct ClientSettings;

struct EasyCleanup {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, EasyCleanup>;

struct MultiCleanup {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
using Multi = std::unique_ptr<CURLM, MultiCleanup>;

struct ListCleanup {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListCleanup>;

/// A handle for requests with these settings and headers, which outlive it; what it sends, and who
/// takes the answer, is not set yet. Throws std::runtime_error if there is none.
[[nodiscard]] Easy make_easy(const ClientSettings& settings, curl_slist* headers);

/// libcurl's own reference count makes this safe for any number of clients.
class Library {
 public:
    Library() { curl_global_init(CURL_GLOBAL_DEFAULT); }
    ~Library() { curl_global_cleanup(); }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
};

}  // namespace portal::http
