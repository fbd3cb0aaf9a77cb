#include "handlers/sources/ldap/connection.h"

#include <ldap.h>
#include <sys/time.h>

#include <algorithm>
#include <utility>

#include "fcgi/base/ascii.h"
#include "fcgi/base/log.h"
#include "handlers/sources/socket_guard.h"

namespace portal::ldap {
namespace {

using Milliseconds = Deadline::Milliseconds;

timeval time_value(Milliseconds time) {
    const auto left = std::max(time, Milliseconds{1});
    timeval value{};
    value.tv_sec = left.count() / 1000;
    value.tv_usec = (left.count() % 1000) * 1000;
    return value;
}

bool is_lost(int code) {
    return code == LDAP_SERVER_DOWN || code == LDAP_CONNECT_ERROR || code == LDAP_UNAVAILABLE ||
           code == LDAP_BUSY;
}

Fault fault_of(int code) {
    if (is_lost(code)) return Fault::Unreachable;
    if (code == LDAP_TIMELIMIT_EXCEEDED) return Fault::TooLong;
    if (code == LDAP_TIMEOUT) return Fault::Timeout;
    if (code == LDAP_DECODING_ERROR || code == LDAP_PROTOCOL_ERROR) return Fault::Malformed;
    return Fault::Rejected;
}

struct FreeMessage {
    void operator()(LDAPMessage* message) const { ::ldap_msgfree(message); }
};
using Message = std::unique_ptr<LDAPMessage, FreeMessage>;

struct FreeValues {
    void operator()(berval** values) const { ::ldap_value_free_len(values); }
};

struct FreeText {
    void operator()(char* text) const { ::ldap_memfree(text); }
};

std::vector<std::string> values_of(::ldap* handle, LDAPMessage* entry, const std::string& name) {
    const std::unique_ptr<berval*, FreeValues> values(
        ::ldap_get_values_len(handle, entry, name.c_str()));
    std::vector<std::string> out;
    if (!values) return out;
    for (berval** value = values.get(); *value != nullptr; ++value) {
        out.emplace_back((*value)->bv_val, (*value)->bv_len);
    }
    return out;
}

Entry read_entry(::ldap* handle, LDAPMessage* message, const Search& search) {
    Entry entry;
    for (const std::string& name : search.attributes) {
        entry[name] = values_of(handle, message, name);
    }
    const std::unique_ptr<char, FreeText> name(::ldap_get_dn(handle, message));
    if (name) entry[kEntryName].emplace_back(name.get());
    return entry;
}

int scope_of(const Search& search) {
    return search.depth == Search::Depth::Base ? LDAP_SCOPE_BASE : LDAP_SCOPE_SUBTREE;
}

/// Whether the server stopped where it was told to, so that all that is wanted is there.
bool has_all_wanted(int code, const Search& search, std::size_t found) {
    return code == LDAP_SIZELIMIT_EXCEEDED && search.beyond == Search::Beyond::LeftOut &&
           found >= static_cast<std::size_t>(search.most_entries);
}

/// Names as the library takes them: pointers with a null at the end, valid as long as `names`.
std::vector<char*> pointers(std::vector<std::string>& names) {
    std::vector<char*> out;
    for (std::string& name : names) out.push_back(name.data());
    out.push_back(nullptr);
    return out;
}

std::int64_t milliseconds_since(Deadline::SteadyTime start) {
    return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - start)
        .count();
}

}  // namespace

std::string escape_filter(std::string_view value) {
    std::string out;
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > ' ' && byte < 0x7F && std::string_view("*()\\").find(c) == std::string::npos) {
            out += c;
            continue;
        }
        out += '\\';
        out += ascii::kHexDigits[byte >> 4U];
        out += ascii::kHexDigits[byte & 15U];
    }
    return out;
}

void Connection::Unbind::operator()(::ldap* handle) const {
    ::ldap_unbind_ext_s(handle, nullptr, nullptr);
}

Connection::Connection(const Settings& settings, const SourceTerms& terms)
    : settings_(settings), gate_(terms, SourceId::Ldap, settings.timeout) {
    gate_.probe_with([this](Milliseconds time) { return probe(time); });
}

Connection::~Connection() {
    close();
}

void Connection::close() {
    const SocketGuard guard(socket_, Deadline::in(Milliseconds{50}));
    handle_.reset();
    socket_ = -1;
}

SourceError Connection::failed(int code, bool late, std::string_view doing) const {
    return {SourceId::Ldap, late ? Fault::Timeout : fault_of(code),
            std::string(doing) + ": " + ::ldap_err2string(code)};
}

void Connection::set_timeouts() {
    const timeval time = time_value(deadline().left());
    ::ldap_set_option(handle_.get(), LDAP_OPT_NETWORK_TIMEOUT, &time);
    ::ldap_set_option(handle_.get(), LDAP_OPT_TIMEOUT, &time);
}

int Connection::bind() {
    const int version = LDAP_VERSION3;
    ::ldap_set_option(handle_.get(), LDAP_OPT_PROTOCOL_VERSION, &version);
    ::ldap_set_option(handle_.get(), LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
    if (!settings_.tls_ca_file.empty()) {
        const int demand = LDAP_OPT_X_TLS_DEMAND;
        const int as_client = 0;
        ::ldap_set_option(handle_.get(), LDAP_OPT_X_TLS_REQUIRE_CERT, &demand);
        ::ldap_set_option(handle_.get(), LDAP_OPT_X_TLS_CACERTFILE, settings_.tls_ca_file.c_str());
        ::ldap_set_option(handle_.get(), LDAP_OPT_X_TLS_NEWCTX, &as_client);
    }
    set_timeouts();
    std::string password = settings_.password.value;
    berval credentials{password.size(), password.data()};
    return ::ldap_sasl_bind_s(handle_.get(), settings_.bind_dn.c_str(), LDAP_SASL_SIMPLE,
                              &credentials, nullptr, nullptr, nullptr);
}

std::optional<SourceError> Connection::open() {
    if (handle_) return std::nullopt;
    // A name without a password would be an anonymous bind that looks like success.
    if (!settings_.bind_dn.empty() && settings_.password.value.empty()) {
        return SourceError{SourceId::Ldap, Fault::Rejected, "bind_dn without a password"};
    }
    ::ldap* made = nullptr;
    const int code = ::ldap_initialize(&made, settings_.url.c_str());
    if (code != LDAP_SUCCESS) return failed(code, false, "url");
    handle_.reset(made);
    const SocketGuard guard(deadline());
    const int bound = bind();
    socket_ = guard.opened();
    if (bound == LDAP_SUCCESS && !guard.fired()) return std::nullopt;
    handle_.reset();
    socket_ = -1;
    return failed(bound, guard.fired() || deadline().passed(), "bind");
}

int Connection::ask(const Search& search, std::vector<Entry>& entries) {
    const SocketGuard guard(socket_, deadline());
    set_timeouts();
    timeval time = time_value(deadline().left());
    std::vector<std::string> names = search.attributes;
    std::vector<char*> attributes = pointers(names);
    LDAPMessage* found = nullptr;
    const int code = ::ldap_search_ext_s(handle_.get(), search.base.c_str(), scope_of(search),
                                         search.filter.c_str(), attributes.data(), 0, nullptr,
                                         nullptr, &time, search.most_entries, &found);
    const Message answer(found);
    if (guard.fired()) return LDAP_TIMEOUT;
    if (code != LDAP_SUCCESS && code != LDAP_SIZELIMIT_EXCEEDED) return code;
    for (LDAPMessage* one = ::ldap_first_entry(handle_.get(), answer.get()); one != nullptr;
         one = ::ldap_next_entry(handle_.get(), one)) {
        entries.push_back(read_entry(handle_.get(), one, search));
    }
    return has_all_wanted(code, search, entries.size()) ? LDAP_SUCCESS : code;
}

/// The root of the server tells of itself, whatever it holds.
std::optional<SourceError> Connection::probe(Milliseconds time) {
    limit_ = std::min(time, settings_.timeout);
    auto failure = open();
    if (!failure) {
        std::vector<Entry> entries;
        const int code =
            ask({"", "(objectClass=*)", {"objectClass"}, 1, Search::Depth::Base}, entries);
        if (code != LDAP_SUCCESS) {
            failure = failed(code, false, "probe");
            close();
        }
    }
    limit_ = settings_.timeout;
    return failure;
}

Result<std::vector<Entry>> Connection::search(const Search& search) {
    return gate_.call([&] { return search_now(search); });
}

Result<std::vector<Entry>> Connection::search_now(const Search& search) {
    const auto start = std::chrono::steady_clock::now();
    std::vector<Entry> entries;
    std::optional<SourceError> error;
    for (int attempts_left = handle_ ? 2 : 1; attempts_left > 0; --attempts_left) {
        error = open();
        if (error) break;
        const int code = ask(search, entries);
        if (code == LDAP_SUCCESS) break;
        error = failed(code, false, "search");
        close();
        if (!is_lost(code)) break;
    }
    if (error) {
        if (!says_it_is_there(error->fault)) gate_.give_up(*error);
        return *error;
    }
    log::write(log::Level::Debug, "ldap",
               {{"filter", search.filter},
                {"ms", milliseconds_since(start)},
                {"entries", static_cast<std::uint64_t>(entries.size())}});
    return entries;
}

}  // namespace portal::ldap
