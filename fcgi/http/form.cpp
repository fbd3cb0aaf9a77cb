#include "fcgi/http/form.h"

#include <Poco/Ascii.h>
#include <Poco/Exception.h>
#include <Poco/MemoryStream.h>
#include <Poco/Net/MessageHeader.h>
#include <Poco/Net/MultipartReader.h>
#include <cgicc/CgiInput.h>
#include <cgicc/Cgicc.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"
#include "fcgi/http/media_type.h"

namespace portal {
namespace {

constexpr std::size_t kMostFields = 64;
constexpr std::size_t kLongestBoundary = 70;
constexpr std::size_t kLongestName = 256;
constexpr const char* kUnreadable = "Form parse error";

/// What cgicc may see: a body whose length was checked, and no query, since cgicc would let a field
/// that the body lacks come from there.
class FormInput final : public cgicc::CgiInput {
 public:
    explicit FormInput(std::string body) : body_(std::move(body)) {}

    std::size_t read(char* data, std::size_t length) override {
        const std::size_t count = std::min(length, body_.size() - taken_);
        std::copy_n(body_.data() + taken_, count, data);
        taken_ += count;
        return count;
    }

    std::string getenv(const char* name) override {
        const std::string_view key(name);
        if (key == "REQUEST_METHOD") return "POST";
        if (key == "CONTENT_TYPE") return std::string(kFormType);
        if (key == "CONTENT_LENGTH") return std::to_string(body_.size());
        return {};
    }

 private:
    std::string body_;
    std::size_t taken_ = 0;
};

bool has_broken_escape(std::string_view body) {
    for (auto at = body.find('%'); at != body.npos; at = body.find('%', at + 1)) {
        if (body.size() < at + 3) return true;
        if (!Poco::Ascii::isHexDigit(body[at + 1]) || !Poco::Ascii::isHexDigit(body[at + 2])) {
            return true;
        }
    }
    return false;
}

/// The same form in the words of cgicc, which takes a `;` for an `&` and drops a last field without
/// `=`.
std::string for_cgicc(std::string_view body) {
    std::string out;
    out.reserve(body.size() + 1);
    for (const char c : body) {
        if (c == ';') {
            out += "%3B";
        } else {
            out += c;
        }
    }
    const std::string_view last = body.substr(body.rfind('&') + 1);
    if (!last.empty() && last.find('=') == last.npos) out += '=';
    return out;
}

Form read_encoded(std::string_view body) {
    // cgicc would accept a broken escape as plain text.
    if (has_broken_escape(body)) return {{}, kUnreadable};
    FormInput input(for_cgicc(body));
    const cgicc::Cgicc cgi(&input);
    if (cgi.getElements().size() > kMostFields) return {{}, kUnreadable};
    Form form;
    for (const cgicc::FormEntry& entry : cgi.getElements()) {
        form.fields.push_back({entry.getName(), entry.getValue()});
    }
    return form;
}

Form broken(const char* why) {
    return {{}, std::string("Multipart form parse error - ") + why};
}

/// What is wrong with the head of a part; null: nothing.
const char* fault_of(const Poco::Net::MessageHeader& head) {
    const std::string disposition = head.get("Content-Disposition", "");
    if (media_type(disposition) != "form-data") return "a part is no form-data";
    const std::string encoding = head.get("Content-Transfer-Encoding", "binary");
    if (encoding != "binary" && encoding != "8bit" && encoding != "7bit") {
        return "a part has an encoding of its own";
    }
    const auto name = header_parameter(disposition, "name");
    return name && name->size() <= kLongestName ? nullptr : "a part has no name";
}

/// Poco reads this type, not cgicc: cgicc finds `name=` inside a file's name, and takes a body that
/// was cut off.
Form read_multipart(std::string_view content_type, std::string_view body) {
    const auto boundary = header_parameter(content_type, "boundary");
    if (!boundary || boundary->size() > kLongestBoundary) return broken("no boundary");
    const std::string delimiter = "\r\n--" + *boundary;
    if (!body.starts_with(delimiter.substr(2) + "\r\n")) {
        return broken("it does not begin with its boundary");
    }
    if (body.find(delimiter + "--") == body.npos) return broken("its end is missing");
    Poco::MemoryInputStream stream(body.data(), static_cast<std::streamsize>(body.size()));
    Poco::Net::MultipartReader reader(stream, *boundary);
    Form form;
    while (reader.hasNextPart()) {
        if (form.fields.size() == kMostFields) return broken("too many parts");
        Poco::Net::MessageHeader head;
        reader.nextPart(head);
        if (const char* fault = fault_of(head)) return broken(fault);
        std::string value(std::istreambuf_iterator<char>(reader.stream()), {});
        if (value.find(delimiter) != value.npos) return broken("a boundary stands inside a line");
        form.fields.push_back(
            {*header_parameter(head["Content-Disposition"], "name"), std::move(value)});
    }
    return form;
}

}  // namespace

Form read_form(std::string_view content_type, std::string_view body) {
    try {
        if (media_type(content_type) == kMultipartType) return read_multipart(content_type, body);
        return read_encoded(body);
    } catch (const Poco::Exception&) {
        return broken("a part's head cannot be read");
    }
}

std::vector<QueryParameter> read_text_form(std::string_view content_type, std::string_view body) {
    Form form = read_form(content_type, body);
    const bool readable = std::all_of(form.fields.begin(), form.fields.end(), [](const auto& one) {
        return text::is_utf8(one.name) && text::is_utf8(one.value);
    });
    if (!form.error.empty() || !readable) throw HttpError(400, "");
    return std::move(form.fields);
}

}  // namespace portal
