#pragma once

#include <string>

#include "fcgi/base/secret.h"
#include "fcgi/base/units.h"
#include "fcgi/programs/prolog/curl_library.h"
#include "fcgi/programs/prolog/settings.h"

namespace portal::prolog {

/// What became of an upload.
enum class Upload {
    Stored,   ///< the portal has it
    Refused,  ///< it will never take it
    Later,    ///< try again
};

/// Sends scripts to the portal, over one connection that is kept. TLS is always verified; nothing
/// of the environment (proxies, .netrc) is used, redirects are not followed.
class Uploader {
 public:
    /// Throws std::runtime_error without libcurl.
    Uploader(const Settings& settings, Secret token);
    ~Uploader();
    Uploader(const Uploader&) = delete;
    Uploader& operator=(const Uploader&) = delete;

    void use_token(Secret token) { token_ = std::move(token); }
    /// PUTs the bytes as a job's script; at most the settings' timeout.
    [[nodiscard]] Upload put(JobId id, const std::string& bytes);
    /// Why the last upload was not Stored.
    [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
    void set_options(const std::string& url, const std::string& bytes, curl_slist* headers);
    [[nodiscard]] Upload judge(long status);

    const Settings& settings_;
    Secret token_;
    const CurlLibrary& curl_;
    CURL* handle_;
    std::string problem_;
};

}  // namespace portal::prolog
