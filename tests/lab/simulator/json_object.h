#pragma once

#include <charconv>
#include <ostream>
#include <string_view>

namespace portal::simulator {

/// Writes "key": value pairs of one object.
class JsonObject {
 public:
    explicit JsonObject(std::ostream& out) : out_(out) { out_ << '{'; }
    ~JsonObject() { out_ << '}'; }
    JsonObject(const JsonObject&) = delete;
    JsonObject& operator=(const JsonObject&) = delete;

    /// A text that is ASCII or valid UTF-8 without control characters.
    void text(std::string_view key, std::string_view value) {
        begin(key);
        out_ << '"';
        for (const char c : value) {
            if (c == '"' || c == '\\') out_ << '\\';
            out_ << c;
        }
        out_ << '"';
    }
    /// Any bytes, one character (U+0000 to U+00FF) for each.
    void bytes(std::string_view key, std::string_view value) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        begin(key);
        out_ << '"';
        for (const char c : value) {
            const auto byte = static_cast<unsigned char>(c);
            if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
                out_ << c;
            } else {
                out_ << "\\u00" << kDigits[byte >> 4U] << kDigits[byte & 15U];
            }
        }
        out_ << '"';
    }
    void number(std::string_view key, double value) {
        begin(key);
        char digits[32];
        out_.write(digits, std::to_chars(digits, digits + sizeof digits, value).ptr - digits);
    }
    /// Writes the key; the caller writes the value.
    std::ostream& begin(std::string_view key) {
        out_ << (first_ ? "\"" : ", \"") << key << "\": ";
        first_ = false;
        return out_;
    }

 private:
    std::ostream& out_;
    bool first_ = true;
};

/// Writes "[…]" with what `write` writes for each item.
template <class List, class Write>
void write_list(std::ostream& out, const List& list, Write write) {
    out << '[';
    bool first = true;
    for (const auto& item : list) {
        out << (first ? "\n" : ",\n");
        first = false;
        write(item);
    }
    out << "\n]";
}

}  // namespace portal::simulator
