#include "fcgi/http/media_type.h"

#include <Poco/Net/MessageHeader.h>
#include <Poco/String.h>

namespace portal {
namespace {

/// True if each quoted text ends, and nothing but a semicolon follows it; Poco takes anything.
bool has_whole_quotes(std::string_view header) {
    for (auto open = header.find('"'); open != header.npos; open = header.find('"')) {
        header.remove_prefix(open + 1);
        auto close = header.find_first_of("\\\"");
        while (close != header.npos && header[close] == '\\') {
            close = header.find_first_of("\\\"", close + 2);
        }
        if (close == header.npos) return false;
        header.remove_prefix(close + 1);
        const auto next = header.find_first_not_of(" \t");
        if (next != header.npos && header[next] != ';') return false;
    }
    return true;
}

}  // namespace

std::string media_type(std::string_view header) {
    std::string type;
    Poco::Net::NameValueCollection parameters;
    Poco::Net::MessageHeader::splitParameters(std::string(header), type, parameters);
    return Poco::toLower(Poco::trim(type));
}

std::optional<std::string> header_parameter(std::string_view header, std::string_view name) {
    if (!has_whole_quotes(header)) return std::nullopt;
    std::string type;
    Poco::Net::NameValueCollection parameters;
    Poco::Net::MessageHeader::splitParameters(std::string(header), type, parameters);
    std::optional<std::string> found;
    for (const auto& [key, value] : parameters) {
        if (Poco::icompare(key, std::string(name)) != 0) continue;
        if (found || value.empty()) return std::nullopt;
        found = value;
    }
    return found;
}

}  // namespace portal
