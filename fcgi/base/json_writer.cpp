#include "fcgi/base/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>

#include "fcgi/base/text.h"

namespace portal {

void JsonWriter::separate() {
    if (!first_) text_ += ',';
    first_ = false;
}

void JsonWriter::open(char bracket) {
    separate();
    text_ += bracket;
    first_ = true;
}

void JsonWriter::close(char bracket) {
    text_ += bracket;
    first_ = false;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    quote(name);
    text_ += ':';
    first_ = true;
    return *this;
}

void JsonWriter::value(std::string_view text) {
    separate();
    quote(text);
}

void JsonWriter::value(std::int64_t number) {
    separate();
    text_ += std::to_string(number);
}

void JsonWriter::value(bool truth) {
    separate();
    text_ += truth ? "true" : "false";
}

void JsonWriter::null() {
    separate();
    text_ += "null";
}

void JsonWriter::number(double value, int digits) {
    if (!std::isfinite(value)) {
        null();
        return;
    }
    separate();
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::general, digits);
    text_.append(buffer.data(), end.ptr);
}

void JsonWriter::quote(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text_ += '"';
    for (const char c : text::is_utf8(text) ? std::string(text) : text::to_utf8(text)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20U || c == '<' || byte == 0x7FU) {
            text_ += "\\u00";
            text_ += kDigits[byte >> 4U];
            text_ += kDigits[byte & 15U];
        } else {
            if (c == '"' || c == '\\') text_ += '\\';
            text_ += c;
        }
    }
    text_ += '"';
}

}  // namespace portal
