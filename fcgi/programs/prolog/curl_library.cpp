#include "fcgi/programs/prolog/curl_library.h"

#include <dlfcn.h>

#include <cstring>
#include <stdexcept>
#include <string>

namespace portal::prolog {
namespace {

constexpr const char* kName = "libcurl.so.4";

/// A function's address, taken bytewise since an object pointer is no function pointer.
template <class Function>
void find(void* library, const char* name, Function& function) {
    void* const found = dlsym(library, name);
    if (found == nullptr) throw std::runtime_error(std::string(kName) + " has no " + name);
    static_assert(sizeof found == sizeof function);
    std::memcpy(&function, &found, sizeof found);
}

CurlLibrary load() {
    void* const library = dlopen(kName, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::runtime_error(std::string(kName) + " is not installed");
    CurlLibrary curl;
    find(library, "curl_global_init", curl.global_init);
    find(library, "curl_easy_init", curl.easy_init);
    find(library, "curl_easy_setopt", curl.easy_setopt);
    find(library, "curl_easy_perform", curl.easy_perform);
    find(library, "curl_easy_getinfo", curl.easy_getinfo);
    find(library, "curl_easy_strerror", curl.easy_strerror);
    find(library, "curl_easy_reset", curl.easy_reset);
    find(library, "curl_easy_cleanup", curl.easy_cleanup);
    find(library, "curl_slist_append", curl.slist_append);
    find(library, "curl_slist_free_all", curl.slist_free_all);
    if (curl.global_init(CURL_GLOBAL_ALL) != CURLE_OK) {
        throw std::runtime_error(std::string(kName) + " cannot be used");
    }
    return curl;
}

}  // namespace

const CurlLibrary& curl_library() {
    static const CurlLibrary kLibrary = load();
    return kLibrary;
}

}  // namespace portal::prolog
