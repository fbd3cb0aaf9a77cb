#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/result.h"
#include "fcgi/base/time.h"
#include "handlers/sources/ldap/settings.h"

// A handle of libldap, whose headers only connection.cpp knows.
struct ldap;

namespace portal::ldap {

/// A text as a value inside a search filter (RFC 4515): `*`, parentheses, backslash and NUL are
/// escaped, as is every byte that is not ASCII.
[[nodiscard]] std::string escape_filter(std::string_view value);

/// Attributes of one entry that were asked for, by their name as asked, with all their values.
using Entry = std::map<std::string, std::vector<std::string>>;

/// A question to the directory, searched below a base.
struct Search {
    std::string base;
    std::string filter;
    std::vector<std::string> attributes;
    int most_entries = 2000;
};

/// One connection to a directory, made when first needed and again after it broke. For one thread
/// of a process that ignores SIGPIPE.
class Connection {
 public:
    explicit Connection(const Settings& settings);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// From now on calls end by this deadline too. Also forgives earlier failures: within one
    /// request, a server that did not answer in time is not asked again.
    void start_request(const Deadline& deadline);

    /// Entries found; empty if there are none. Errs with any Fault; Rejected too if there are more
    /// than Search::most_entries.
    [[nodiscard]] Result<std::vector<Entry>> search(const Search& search);

 private:
    struct Unbind {
        void operator()(::ldap* handle) const;
    };

    std::optional<SourceError> open();
    int bind();
    int ask(const Search& search, std::vector<Entry>& entries);
    void close();
    void set_timeouts();
    [[nodiscard]] SourceError failed(int code, bool late, std::string_view doing) const;
    [[nodiscard]] Deadline deadline() const { return request_.capped(settings_.timeout); }

    Settings settings_;
    Deadline request_;
    std::optional<SourceError> gave_up_;
    int socket_ = -1;
    std::unique_ptr<::ldap, Unbind> handle_;
};

}  // namespace portal::ldap
