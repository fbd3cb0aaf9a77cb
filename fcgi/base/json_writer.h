#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace portal {

/// Writes JSON text. The caller keeps objects and arrays balanced; commas are placed here.
class JsonWriter {
 public:
    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }
    JsonWriter& key(std::string_view name);

    void value(std::string_view text);
    void value(const char* text) { value(std::string_view(text)); }
    void value(std::int64_t number);
    void value(bool truth);
    void null();
    /// A number with at most `digits` significant digits; NaN and infinities become null.
    void number(double value, int digits = 17);

    [[nodiscard]] std::string take() { return std::exchange(text_, {}); }
    void reserve(std::size_t bytes) { text_.reserve(bytes); }

 private:
    void open(char bracket);
    void close(char bracket);
    void separate();
    void quote(std::string_view text);
    void escape(std::string_view text);

    std::string text_;
    bool first_ = true;  ///< nothing was written since the last opening or key
};

}  // namespace portal
