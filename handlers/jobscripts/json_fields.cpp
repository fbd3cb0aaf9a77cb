#include "handlers/jobscripts/json_fields.h"

#include <Poco/JSON/Handler.h>
#include <Poco/JSON/Parser.h>

#include <algorithm>
#include <charconv>
#include <exception>
#include <optional>
#include <utility>

#include "fcgi/base/text.h"
#include "handlers/page/api.h"

namespace portal::jobscripts {
namespace {

constexpr unsigned kMostDepth = 32;
constexpr std::size_t kMostFields = 64;
constexpr std::size_t kEscape = 6;  // \uXXXX

[[noreturn]] void fail() {
    throw ApiError(400, "JSON parse error");
}

/// The members of the outermost object, equal names too; Poco's own handler would keep one of them.
class Members final : public Poco::JSON::Handler {
 public:
    explicit Members(std::vector<std::string> numbers) : numbers_(std::move(numbers)) {}
    std::vector<Field> take() { return std::move(fields_); }

    void reset() override {}
    void startObject() override { open(); }
    void endObject() override { --depth_; }
    void startArray() override {
        if (depth_ == 0) fail();
        open();
    }
    void endArray() override { --depth_; }
    void key(const std::string& name) override {
        if (depth_ == 1) name_ = name;
    }
    void null() override { add(Field::Kind::Null, {}); }
    void value(int /*number*/) override { add_number(); }
    void value(unsigned /*number*/) override { add_number(); }
    void value(Poco::Int64 /*number*/) override { add_number(); }
    void value(Poco::UInt64 /*number*/) override { add_number(); }
    void value(double /*number*/) override { add_number(); }
    void value(bool /*truth*/) override { add(Field::Kind::Other, {}); }
    void value(const std::string& text) override { add(Field::Kind::Text, text); }

 private:
    /// As it is written: Poco does not say whether a 1000 was 1e3.
    void add_number() {
        if (next_ == numbers_.size()) fail();
        add(Field::Kind::Number, numbers_[next_++]);
    }

    void open() {
        if (depth_ == 1) add(Field::Kind::Other, {});
        if (++depth_ > kMostDepth) fail();
    }

    void add(Field::Kind kind, std::string value) {
        if (depth_ == 0) fail();
        if (depth_ > 1) return;
        if (fields_.size() == kMostFields) fail();
        fields_.push_back({std::move(name_), kind, std::move(value)});
    }

    std::vector<std::string> numbers_;
    std::size_t next_ = 0;
    std::vector<Field> fields_;
    std::string name_;
    unsigned depth_ = 0;
};

/// The number of a \uXXXX that the text begins with; empty optional if it does not.
std::optional<unsigned> escaped_unit(std::string_view text) {
    if (text.size() < kEscape || !text.starts_with("\\u")) return std::nullopt;
    unsigned unit = 0;
    const char* end = text.data() + kEscape;
    const auto read = std::from_chars(text.data() + 2, end, unit, 16);
    return read.ptr == end ? std::optional(unit) : std::nullopt;
}

constexpr std::size_t kLongestInteger = 18;  // digits of 64 bits, for sure

// Python writes bytes as lone surrogates, \udc80 to \udcff, which Poco refuses. They pass through
// it as the last characters of Unicode, U+10FF80 to U+10FFFF, which mean nothing to anybody.
constexpr std::string_view kMarks = "\xF4\x8F";

bool is_mark(std::string_view text) {
    return text.size() >= 4 && text.starts_with(kMarks) && (text[2] == '\xBE' || text[2] == '\xBF');
}

bool has_marks(std::string_view text) {
    for (auto at = text.find(kMarks); at != text.npos; at = text.find(kMarks, at + 1)) {
        if (is_mark(text.substr(at))) return true;
    }
    return false;
}

std::string mark_of(unsigned byte) {
    std::string mark(kMarks);
    mark += byte < 0xC0U ? '\xBE' : '\xBF';
    mark += static_cast<char>(byte < 0xC0U ? byte : byte - 0x40U);
    return mark;
}

/// A JSON text as Poco can read it.
struct Prepared {
    std::string json;
    std::vector<std::string> numbers;  ///< as they were written, in their order
    bool marked = false;               ///< has marks in place of lone surrogates
};

/// Takes a number off the front of `json`.
void prepare_number(std::string_view& json, Prepared& to) {
    constexpr std::string_view kParts = "0123456789+-.eE";
    const std::string_view written = json.substr(0, json.find_first_not_of(kParts));
    json.remove_prefix(written.size());
    to.json += written;
    const bool integer = written.find_first_of(".eE") == written.npos;
    if (integer && written.size() > kLongestInteger) to.json += ".0";
    std::string number;
    for (const char c : written) {
        if (c != '+') number += c == 'E' ? 'e' : c;
    }
    to.numbers.push_back(std::move(number));
}

/// Takes the rest of a quoted text off the front of `json`. Throws HttpError 400 if it has the
/// marks as well as what they stand for: then they could not be told apart.
void prepare_text(std::string_view& json, bool own_marks, Prepared& to) {
    while (!json.empty()) {
        const auto plain = std::min(json.find_first_of("\\\""), json.size());
        to.json += json.substr(0, plain);
        json.remove_prefix(plain);
        if (json.starts_with('"')) return;
        const auto unit = escaped_unit(json);
        if (unit && *unit >= 0xDC80U && *unit <= 0xDCFFU) {
            if (own_marks) fail();
            to.json += mark_of(*unit - 0xDC00U);
            to.marked = true;
            json.remove_prefix(kEscape);
            continue;
        }
        const bool pair = unit && *unit >= 0xD800U && *unit < 0xDC00U;
        const std::size_t length = std::min(unit ? kEscape * (pair ? 2 : 1) : 2, json.size());
        to.json += json.substr(0, length);
        json.remove_prefix(length);
    }
}

Prepared prepared(std::string_view json) {
    const bool own_marks =
        has_marks(json) || json.find("\\udbff") != json.npos || json.find("\\uDBFF") != json.npos;
    Prepared to;
    to.json.reserve(json.size());
    while (!json.empty()) {
        const char c = json.front();
        if (c == '-' || (c >= '0' && c <= '9')) {
            prepare_number(json, to);
            continue;
        }
        to.json += c;
        json.remove_prefix(1);
        if (c != '"') continue;
        prepare_text(json, own_marks, to);
        if (json.empty()) fail();
        to.json += '"';
        json.remove_prefix(1);
    }
    return to;
}

std::string without_marks(std::string_view text) {
    std::string out;
    for (auto at = text.find(kMarks); at != text.npos; at = text.find(kMarks)) {
        out += text.substr(0, at);
        const std::string_view mark = text.substr(at, 4);
        const auto last = static_cast<unsigned char>(mark.back());
        if (is_mark(mark)) {
            out += static_cast<char>(mark[2] == '\xBE' ? last : last + 0x40);
        } else {
            out += mark;
        }
        text.remove_prefix(at + mark.size());
    }
    return out.append(text);
}

std::vector<Field> parsed(Prepared text) {
    Poco::SharedPtr<Members> members = new Members(std::move(text.numbers));
    try {
        Poco::JSON::Parser(members).parse(text.json);
    } catch (const HttpError&) {
        throw;
    } catch (const std::exception&) {
        fail();
    }
    return members->take();
}

}  // namespace

std::vector<Field> json_fields(const std::string& body) {
    if (!text::is_utf8(body) || body.starts_with("\xEF\xBB\xBF")) fail();
    Prepared text = prepared(body);
    const bool marked = text.marked;
    std::vector<Field> fields = parsed(std::move(text));
    if (!marked) return fields;
    for (Field& field : fields) {
        field.name = without_marks(field.name);
        field.value = without_marks(field.value);
    }
    return fields;
}

}  // namespace portal::jobscripts
