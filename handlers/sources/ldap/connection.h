#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/result.h"
#include "fcgi/base/time.h"
#include "handlers/sources/gate.h"
#include "handlers/sources/ldap/settings.h"

// A handle of libldap, whose headers only connection.cpp knows.
struct ldap;

namespace portal::ldap {

/// A text as a value inside a search filter (RFC 4515): `*`, parentheses, backslash and NUL are
/// escaped, as is every byte that is not ASCII.
[[nodiscard]] std::string escape_filter(std::string_view value);

/// The requested attributes of one entry with all their values, by the requested name; under
/// kEntryName, which no attribute is called, the entry's own name.
using Entry = std::map<std::string, std::vector<std::string>>;
inline constexpr const char* kEntryName = " dn";

/// A question to the directory, searched below a base.
struct Search {
    enum class Depth { Below, Base };
    enum class Beyond { Refused, LeftOut };
    std::string base;
    std::string filter;
    std::vector<std::string> attributes;
    int most_entries = 2000;
    Depth depth = Depth::Below;
    Beyond beyond = Beyond::Refused;  ///< what becomes of more entries
};

/// One connection to a directory, made when first needed and again after it broke. For one thread
/// of a process that ignores SIGPIPE. Calls keep to `terms`: they end by the request's deadline,
/// and a server that did not answer in time is not called again within one request.
class Connection {
 public:
    Connection(const Settings& settings, const SourceTerms& terms);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Entries found; empty if there are none. Errs with any Fault; Rejected too if there are more
    /// than Search::most_entries and none may be left out.
    [[nodiscard]] Result<std::vector<Entry>> search(const Search& search);

 private:
    struct Unbind {
        void operator()(::ldap* handle) const;
    };

    Result<std::vector<Entry>> search_now(const Search& search);
    std::optional<SourceError> open();
    int bind();
    int ask(const Search& search, std::vector<Entry>& entries);
    void close();
    void set_timeouts();
    [[nodiscard]] SourceError failed(int code, bool late, std::string_view doing) const;
    [[nodiscard]] Deadline deadline() const { return gate_.deadline().capped(limit_); }
    [[nodiscard]] std::optional<SourceError> probe(Milliseconds time);

    Settings settings_;
    Milliseconds limit_ = settings_.timeout;  ///< of one call
    Gate gate_;
    int socket_ = -1;
    std::unique_ptr<::ldap, Unbind> handle_;
};

}  // namespace portal::ldap
