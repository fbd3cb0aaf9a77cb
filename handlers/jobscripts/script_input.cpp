#include "handlers/jobscripts/script_input.h"

#include <limits>
#include <utility>

#include "fcgi/base/text.h"
#include "fcgi/http/form.h"
#include "fcgi/http/http_error.h"
#include "fcgi/http/media_type.h"
#include "handlers/jobscripts/json_fields.h"
#include "handlers/page/api.h"

namespace portal::jobscripts {
namespace {

constexpr std::size_t kAround = std::size_t{64} << 10U;
constexpr std::size_t kLongestEscape = 6;  ///< \u0001 in JSON
constexpr std::size_t kLongestOfForm = 3;  ///< %01
constexpr std::string_view kId = "id_job";
constexpr std::string_view kScript = "submit_script";

enum class Type { Json, Form, Multipart, Raw, Other };

Type type_of(std::string_view content_type) {
    const std::string type = media_type(content_type);
    if (type == "application/json") return Type::Json;
    if (type == kFormType) return Type::Form;
    if (type == kMultipartType) return Type::Multipart;
    if (type == "application/octet-stream") return Type::Raw;
    return Type::Other;
}

std::vector<Field> form_fields(std::string_view content_type, std::string_view body) {
    Form form = read_form(content_type, body);
    if (!form.error.empty()) throw ApiError(400, form.error);
    std::vector<Field> fields;
    for (QueryParameter& field : form.fields) {
        fields.push_back({std::move(field.name), Field::Kind::Text, std::move(field.value)});
    }
    return fields;
}

std::vector<Field> fields_of(const Visit& visit) {
    const std::string& type = visit.request.content_type;
    switch (type_of(type)) {
        case Type::Json:
            return json_fields(visit.body);
        case Type::Form:
        case Type::Multipart:
            return form_fields(type, visit.body);
        default:
            throw HttpError(415, "");
    }
}

/// An id as a number or as digits; 12.0 in a text is one too, as some clients send it.
void take_id(const Field& field, ReadInput& read) {
    std::string& error = read.errors[field.name];
    if (field.kind == Field::Kind::Null) {
        error = "This field may not be null.";
        return;
    }
    std::string_view digits = text::trim(field.value);
    if (const auto point = digits.find('.'); point != std::string_view::npos) {
        const bool whole = digits.find_first_not_of('0', point + 1) == std::string_view::npos;
        if (whole) digits = digits.substr(0, point);
    }
    constexpr auto kMost = std::numeric_limits<std::uint32_t>::max();
    const bool number = !digits.empty() && field.kind != Field::Kind::Other &&
                        digits.find_first_not_of("0123456789") == std::string_view::npos;
    const auto id = text::parse_unsigned(digits, kMost);
    if (!number) {
        error = "A valid integer is required.";
    } else if (!id) {
        error = "Ensure this value is less than or equal to 4294967295.";
    } else if (*id == 0) {
        error = "Ensure this value is greater than or equal to 1.";
    } else {
        read.errors.erase(field.name);
        read.input.id = static_cast<std::uint32_t>(*id);
    }
}

bool is_blank(std::string_view script) {
    return script.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

void take_script(Field& field, ReadInput& read, std::size_t largest) {
    if (field.kind == Field::Kind::Null) {
        read.errors[field.name] = "This field may not be null.";
    } else if (field.kind != Field::Kind::Text) {
        read.errors[field.name] = "Not a valid string.";
    } else if (is_blank(field.value)) {
        read.errors[field.name] = "This field may not be blank.";
    } else if (field.value.size() > largest) {
        throw ApiError(413, "The script is too large.");
    } else {
        read.input.script = std::move(field.value);
    }
}

ReadInput read_raw(const Visit& visit, std::size_t largest) {
    Field field{std::string(kScript), Field::Kind::Text, visit.body};
    ReadInput read;
    take_script(field, read, largest);
    return read;
}

}  // namespace

std::optional<std::size_t> longest_body(std::string_view content_type, const Site& site) {
    const std::size_t largest = site.scripts.largest;
    switch (type_of(content_type)) {
        case Type::Json:
            return largest * kLongestEscape + kAround;
        case Type::Form:
            return largest * kLongestOfForm + kAround;
        case Type::Multipart:
            return largest + kAround;
        case Type::Raw:
            return largest;
        case Type::Other:
            break;
    }
    return std::nullopt;
}

bool is_raw(const Request& request) {
    return type_of(request.content_type) == Type::Raw;
}

ReadInput read_input(const Visit& visit, Expected expected, std::size_t largest) {
    if (is_raw(visit.request)) return read_raw(visit, largest);
    ReadInput read;
    std::map<std::string_view, int> times;
    std::vector<Field> fields = fields_of(visit);
    for (Field& field : fields) {
        if (field.name != kId && field.name != kScript) continue;
        if (++times[field.name == kId ? kId : kScript] > 1) continue;
        if (field.name == kId) {
            take_id(field, read);
        } else {
            take_script(field, read, largest);
        }
    }
    for (const auto& [name, needed] : {std::pair{kId, expected.id}, {kScript, expected.script}}) {
        if (times[name] > 1) read.errors[std::string(name)] = "This field is given more than once.";
        if (times[name] == 0 && needed) read.errors[std::string(name)] = "This field is required.";
    }
    return read;
}

}  // namespace portal::jobscripts
