#include "fcgi/http/form.h"

#include <cgicc/CgiInput.h>
#include <cgicc/Cgicc.h>

#include <algorithm>
#include <string>
#include <utility>

#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"

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

}  // namespace

std::vector<QueryParameter> read_form(std::string_view body) {
    FormInput input(body);
    const cgicc::Cgicc form(&input);
    if (form.getElements().size() > kMostFields) throw HttpError(400, "");
    std::vector<QueryParameter> fields;
    for (const cgicc::FormEntry& entry : form.getElements()) {
        QueryParameter field{entry.getName(), entry.getValue()};
        if (!text::is_utf8(field.name) || !text::is_utf8(field.value)) throw HttpError(400, "");
        fields.push_back(std::move(field));
    }
    return fields;
}

}  // namespace portal
