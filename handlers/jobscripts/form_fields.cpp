#include <algorithm>
#include <optional>

#include "fcgi/base/text.h"
#include "fcgi/base/url.h"
#include "fcgi/http/media_type.h"
#include "handlers/jobscripts/fields.h"
#include "handlers/page/api.h"

namespace portal::jobscripts {
namespace {

constexpr std::size_t kMostFields = 64;
constexpr std::size_t kLongestBoundary = 70;
constexpr std::size_t kLongestHead = 4096;

[[noreturn]] void refuse_form() {
    throw ApiError(400, "Form parse error");
}

[[noreturn]] void refuse_multipart(const char* why) {
    throw ApiError(400, std::string("Multipart form parse error - ") + why);
}

std::string decoded(std::string_view text) {
    auto bytes = url::decode_bytes(text);
    if (!bytes) refuse_form();
    return *std::move(bytes);
}

/// "name: value" lines of one part's head.
std::optional<std::string_view> head_line(std::string_view head, std::string_view wanted) {
    while (!head.empty()) {
        const auto end = head.find("\r\n");
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) refuse_multipart("a part's head cannot be read");
        if (media_type(line.substr(0, colon)) == wanted) return text::trim(line.substr(colon + 1));
    }
    return std::nullopt;
}

std::string name_of(std::string_view head) {
    const auto disposition = head_line(head, "content-disposition");
    if (!disposition || media_type(*disposition) != "form-data") {
        refuse_multipart("a part is no form-data");
    }
    const auto encoding = head_line(head, "content-transfer-encoding");
    if (encoding && *encoding != "binary" && *encoding != "8bit" && *encoding != "7bit") {
        refuse_multipart("a part has an encoding of its own");
    }
    auto name = header_parameter(*disposition, "name");
    if (!name) refuse_multipart("a part has no name");
    return *std::move(name);
}

/// Takes a part off the front of `rest`, which stands behind a boundary's line.
Field take_part(std::string_view& rest, std::string_view delimiter) {
    const auto head_end = rest.find("\r\n\r\n");
    if (head_end == std::string_view::npos || head_end > kLongestHead) {
        refuse_multipart("a part's head cannot be read");
    }
    Field field;
    field.name = name_of(rest.substr(0, head_end));
    // An empty value: its delimiter begins with the line end that closes the head.
    rest.remove_prefix(head_end + 2);
    const auto end = rest.find(delimiter);
    if (end == std::string_view::npos) refuse_multipart("its end is missing");
    if (end > 0) field.value = rest.substr(2, end - 2);
    rest.remove_prefix(end + delimiter.size());
    return field;
}

/// Takes what follows a boundary: true if another part does.
bool take_line_end(std::string_view& rest) {
    if (rest.starts_with("--")) return false;
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (!rest.starts_with("\r\n")) refuse_multipart("a boundary stands inside a line");
    rest.remove_prefix(2);
    return true;
}

}  // namespace

std::vector<Field> form_fields(std::string_view body) {
    std::vector<Field> fields;
    while (!body.empty()) {
        const auto end = body.find('&');
        const std::string_view part = body.substr(0, end);
        body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
        if (part.empty()) continue;
        if (fields.size() == kMostFields) refuse_form();
        const auto equals = std::min(part.find('='), part.size());
        Field field;
        field.name = decoded(part.substr(0, equals));
        if (equals < part.size()) field.value = decoded(part.substr(equals + 1));
        fields.push_back(std::move(field));
    }
    return fields;
}

std::vector<Field> multipart_fields(std::string_view body, std::string_view content_type) {
    const auto boundary = header_parameter(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > kLongestBoundary) {
        refuse_multipart("no boundary");
    }
    const std::string delimiter = "\r\n--" + *boundary;
    if (!body.starts_with(std::string_view(delimiter).substr(2))) {
        refuse_multipart("it does not begin with its boundary");
    }
    body.remove_prefix(delimiter.size() - 2);
    std::vector<Field> fields;
    while (take_line_end(body)) {
        if (fields.size() == kMostFields) refuse_multipart("too many parts");
        fields.push_back(take_part(body, delimiter));
    }
    return fields;
}

}  // namespace portal::jobscripts
