#include "fcgi/programs/prolog/uploader.h"

#include <stdexcept>
#include <utility>

namespace portal::prolog {
namespace {

constexpr long kConnectMs = 5000;

std::size_t drop(char* /*data*/, std::size_t size, std::size_t count, void* /*about*/) {
    return size * count;
}

}  // namespace

Uploader::Uploader(const Settings& settings, Secret token)
    : settings_(settings),
      token_(std::move(token)),
      curl_(curl_library()),
      handle_(curl_.easy_init()) {
    if (handle_ == nullptr) throw std::runtime_error("libcurl cannot be used");
}

Uploader::~Uploader() {
    curl_.easy_cleanup(handle_);
}

void Uploader::set_options(const std::string& url, const std::string& bytes, curl_slist* headers) {
    const auto set = curl_.easy_setopt;
    set(handle_, CURLOPT_URL, url.c_str());
    set(handle_, CURLOPT_CUSTOMREQUEST, "PUT");
    set(handle_, CURLOPT_POSTFIELDS, bytes.data());
    set(handle_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
    set(handle_, CURLOPT_HTTPHEADER, headers);
    set(handle_, CURLOPT_WRITEFUNCTION, drop);
    set(handle_, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
    set(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(settings_.timeout.count()));
    set(handle_, CURLOPT_NOSIGNAL, 1L);
    set(handle_, CURLOPT_PROXY, "");
    set(handle_, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(handle_, CURLOPT_FOLLOWLOCATION, 0L);
    set(handle_, CURLOPT_SSL_VERIFYPEER, 1L);
    set(handle_, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!settings_.ca_file.empty()) set(handle_, CURLOPT_CAINFO, settings_.ca_file.c_str());
}

Upload Uploader::judge(long status) {
    if (status == 200 || status == 201) return Upload::Stored;
    problem_ = "the portal answered " + std::to_string(status);
    const bool about_the_script = status == 400 || status == 413;
    return about_the_script ? Upload::Refused : Upload::Later;
}

Upload Uploader::put(JobId id, const std::string& bytes) {
    const std::string url = settings_.url + "/" + std::to_string(id.value) + "/";
    curl_slist* headers = nullptr;
    for (const std::string& line :
         {"Authorization: Token " + token_.value,
          std::string("Content-Type: application/octet-stream"), std::string("Expect:")}) {
        headers = curl_.slist_append(headers, line.c_str());
    }
    curl_.easy_reset(handle_);
    set_options(url, bytes, headers);
    const CURLcode code = curl_.easy_perform(handle_);
    curl_.slist_free_all(headers);
    if (code != CURLE_OK) {
        problem_ = curl_.easy_strerror(code);
        return Upload::Later;
    }
    long status = 0;
    curl_.easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    return judge(status);
}

}  // namespace portal::prolog
