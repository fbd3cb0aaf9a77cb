#include "fcgi/server/fcgi_input.h"

#include <cgicc/CgiInput.h>
#include <cgicc/Cgicc.h>

#include <algorithm>
#include <optional>
#include <string>

#include "fcgi/base/text.h"
#include "fcgi/http/media_type.h"

namespace portal {
namespace {

constexpr std::size_t kMostFields = 64;
constexpr std::string_view kForm = "application/x-www-form-urlencoded";

/// What cgicc may see: a body whose length was checked, and no query, since cgicc would let a field
/// that the body lacks come from there.
class FormInput final : public cgicc::CgiInput {
 public:
    explicit FormInput(std::string_view body) : body_(body) {}

    std::size_t read(char* data, std::size_t length) override {
        const std::size_t count = std::min(length, body_.size() - taken_);
        std::copy_n(body_.data() + taken_, count, data);
        taken_ += count;
        return count;
    }

    std::string getenv(const char* name) override {
        const std::string_view key(name);
        if (key == "REQUEST_METHOD") return "POST";
        if (key == "CONTENT_TYPE") return std::string(kForm);
        if (key == "CONTENT_LENGTH") return std::to_string(body_.size());
        return {};
    }

 private:
    std::string_view body_;
    std::size_t taken_ = 0;
};

/// Takes what libfcgi has in its buffer, or waits for one byte: so the deadline is looked at
/// between any two waits.
std::optional<std::string> read_exactly(FCGX_Stream* stream, std::size_t length,
                                        const Deadline& deadline) {
    std::string body;
    body.reserve(length);
    while (body.size() < length) {
        if (deadline.passed()) return std::nullopt;
        const auto buffered =
            static_cast<std::size_t>(std::max<std::ptrdiff_t>(stream->stop - stream->rdNext, 1));
        const std::size_t wanted = std::min(buffered, length - body.size());
        const std::size_t before = body.size();
        body.resize(before + wanted);
        const int got = FCGX_GetStr(body.data() + before, static_cast<int>(wanted), stream);
        if (got <= 0) return std::nullopt;
        body.resize(before + static_cast<std::size_t>(got));
    }
    return body;
}

bool read_form(const std::string& body, Request& request) {
    FormInput input(body);
    const cgicc::Cgicc form(&input);
    if (form.getElements().size() > kMostFields) return false;
    for (const cgicc::FormEntry& entry : form.getElements()) {
        QueryParameter field{entry.getName(), entry.getValue()};
        if (!text::is_utf8(field.name) || !text::is_utf8(field.value)) return false;
        request.form.push_back(std::move(field));
    }
    return true;
}

}  // namespace

int read_body(ParsedRequest& parsed, const Parameters& parameters, FCGX_Stream* stream,
              Admission::Body kind, std::size_t most, const Deadline& deadline) {
    if (!parsed.has_content_length) {
        return parameter_value(parameters, "HTTP_TRANSFER_ENCODING").empty() ? 0 : 411;
    }
    if (parsed.content_length > most) return 413;
    if (parsed.content_length == 0) return 0;
    const bool form = kind == Admission::Body::Form;
    const std::string type = media_type(parsed.request.content_type);
    if (form && type != kForm && type != "application/json") return 415;
    const auto length = static_cast<std::size_t>(parsed.content_length);
    auto body = read_exactly(stream, length, deadline);
    if (!body) return 400;
    if (form && type == kForm) return read_form(*body, parsed.request) ? 0 : 400;
    parsed.request.body = *std::move(body);
    return 0;
}

}  // namespace portal
