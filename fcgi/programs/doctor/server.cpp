#include "fcgi/programs/doctor/server.h"

#include <algorithm>

#include "sql/server_queries.h"

namespace portal::doctor {
namespace {

sql::Statement plain(const queries::Query& query) {
    return {query.name, query.text};
}

/// A database's name in a grant may have its own `_` and `%` escaped.
std::string unescaped(std::string place) {
    place.erase(std::remove(place.begin(), place.end(), '\\'), place.end());
    return place;
}

/// The place or one around it.
bool covers(const std::string& place, const std::string& wanted) {
    return place == "*" || place == wanted || wanted.starts_with(place + ".");
}

}  // namespace

Result<ServerFacts> facts_of(sql::Session& session) {
    const auto found = session.read(plain(queries::server::kFacts), {}, [](const sql::Row& row) {
        return ServerFacts{from_unix(row.u32("now")), row.bytes("version"), row.u64("packet")};
    });
    if (!found.ok()) return found.error();
    return found.value().empty() ? ServerFacts{} : found.value().front();
}

Result<std::vector<Privilege>> privileges_of(sql::Session& session) {
    return session.read(plain(queries::server::kPrivileges), {}, [](const sql::Row& row) {
        return Privilege{unescaped(row.bytes("place")), row.bytes("privilege")};
    });
}

bool allows(const std::vector<Privilege>& all, const Privilege& wanted) {
    return std::any_of(all.begin(), all.end(), [&](const Privilege& one) {
        return one.name == wanted.name && covers(one.place, wanted.place);
    });
}

std::string wider_than(const std::vector<Privilege>& all, const std::vector<Privilege>& wanted) {
    std::string list;
    for (const Privilege& one : all) {
        if (std::find(wanted.begin(), wanted.end(), one) != wanted.end()) continue;
        list.append(list.empty() ? "" : ", ").append(one.name).append(" on ").append(one.place);
    }
    return list;
}

}  // namespace portal::doctor
