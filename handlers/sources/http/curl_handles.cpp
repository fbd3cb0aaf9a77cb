#include "handlers/sources/http/curl_handles.h"

#include <stdexcept>

#include "handlers/sources/http/client.h"

namespace portal::http {
namespace {

constexpr long kReceiveBuffer = 32 * 1024;

void allow_only_http(CURL* easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
#if LIBCURL_VERSION_NUM >= 0x075700
    // A name server that hangs must not hold the worker when the transfer is given up.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
}

void identify(CURL* easy, const ClientSettings& settings) {
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, settings.verify_tls ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, settings.verify_tls ? 2L : 0L);
    if (!settings.ca_file.empty()) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, settings.ca_file.c_str());
    }
    if (settings.user.empty()) return;
    curl_easy_setopt(easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    curl_easy_setopt(easy, CURLOPT_USERNAME, settings.user.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, settings.password.value.c_str());
}

}  // namespace

Easy make_easy(const ClientSettings& settings, curl_slist* headers) {
    Easy easy(curl_easy_init());
    if (!easy) throw std::runtime_error("curl_easy_init failed");
    CURL* const handle = easy.get();
    allow_only_http(handle);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(handle, CURLOPT_BUFFERSIZE, kReceiveBuffer);
    curl_easy_setopt(handle, CURLOPT_DNS_CACHE_TIMEOUT, 300L);
    curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "userportal");
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    identify(handle, settings);
    return easy;
}

}  // namespace portal::http
