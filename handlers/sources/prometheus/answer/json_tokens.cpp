#include "handlers/sources/prometheus/answer/json_tokens.h"

#include <algorithm>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"

namespace portal::prometheus {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

void skip_blanks(std::string_view& piece) {
    std::size_t count = 0;
    while (count < piece.size() && is_blank(piece[count])) ++count;
    piece.remove_prefix(count);
}

/// Part of a number or of true, false, null.
bool is_bare(char c) {
    return ascii::is_digit(c) || ascii::is_lower(c) || c == '-' || c == '+' || c == '.' || c == 'E';
}

char unescaped(char c) {
    switch (c) {
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case '"':
        case '\\':
        case '/':
            return c;
        default:
            return '\0';
    }
}

}  // namespace

Token JsonTokens::next(std::string_view& piece) {
    while (true) {
        if (state_ < State::InString || state_ == State::Done) skip_blanks(piece);
        if (state_ == State::Broken) return Token::Error;
        if (piece.empty()) return state_ == State::Done ? Token::End : Token::More;
        const Token token = step(piece);
        if (token != Token::More) return token;
    }
}

bool JsonTokens::at_element(std::string_view piece) const {
    if (piece.empty()) return false;
    if (state_ == State::FirstElement) return piece.front() != ',';
    return state_ == State::ElementEnd && in_array() && piece.front() == ',';
}

/// One step; More means that there is no token yet, not that the piece is empty.
Token JsonTokens::step(std::string_view& piece) {
    switch (state_) {
        case State::FirstElement:
            if (piece.front() == ']') {
                piece.remove_prefix(1);
                return close(']');
            }
            return begin_value(piece);
        case State::Value:
            return begin_value(piece);
        case State::ElementEnd:
            return after_element(piece);
        case State::FirstKey:
        case State::NextKey:
            return begin_key(piece);
        case State::Colon:
            if (piece.front() != ':') return broken();
            piece.remove_prefix(1);
            state_ = State::Value;
            return Token::More;
        case State::InString:
            return read_string(piece);
        case State::InEscape:
            return read_escape(piece);
        case State::InUnicode:
            return read_unicode(piece);
        case State::InBare:
            return read_bare(piece);
        case State::Done:
        case State::Broken:
            break;
    }
    return broken();
}

Token JsonTokens::begin_value(std::string_view& piece) {
    const char c = piece.front();
    if (c == '{' || c == '[') {
        piece.remove_prefix(1);
        return open(c == '{' ? Token::BeginObject : Token::BeginArray);
    }
    buffer_.clear();
    if (c == '"') {
        piece.remove_prefix(1);
        is_key_ = false;
        state_ = State::InString;
        return Token::More;
    }
    // A document that is nothing but a number has no end that could be seen.
    if (!is_bare(c) || depth_ == 0) return broken();
    state_ = State::InBare;
    return Token::More;
}

Token JsonTokens::open(Token token) {
    if (depth_ == kMostDepth) return broken();
    const std::uint64_t bit = std::uint64_t{1} << depth_;
    if (token == Token::BeginArray) {
        arrays_ |= bit;
        state_ = State::FirstElement;
    } else {
        arrays_ &= ~bit;
        state_ = State::FirstKey;
    }
    ++depth_;
    return token;
}

Token JsonTokens::close(char bracket) {
    const bool array = in_array();
    if (array != (bracket == ']')) return broken();
    --depth_;
    value_is_over();
    return array ? Token::EndArray : Token::EndObject;
}

Token JsonTokens::after_element(std::string_view& piece) {
    const char c = piece.front();
    piece.remove_prefix(1);
    if (c == ',') {
        state_ = in_array() ? State::Value : State::NextKey;
        return Token::More;
    }
    if (c == ']' || c == '}') return close(c);
    return broken();
}

Token JsonTokens::begin_key(std::string_view& piece) {
    const char c = piece.front();
    piece.remove_prefix(1);
    if (c == '}' && state_ == State::FirstKey) return close('}');
    if (c != '"') return broken();
    buffer_.clear();
    is_key_ = true;
    state_ = State::InString;
    return Token::More;
}

Token JsonTokens::read_string(std::string_view& piece) {
    std::size_t length = 0;
    while (length < piece.size()) {
        const char c = piece[length];
        if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20U) break;
        ++length;
    }
    const std::string_view plain = piece.substr(0, length);
    if (length > 0) flush_surrogate();
    if (buffer_.size() + length > kLongestText) return broken();
    if (length == piece.size()) {
        buffer_ += plain;
        piece.remove_prefix(length);
        return Token::More;
    }
    const char stop = piece[length];
    piece.remove_prefix(length + 1);
    if (stop == '"') {
        flush_surrogate();
        if (buffer_.empty()) return end_string(plain);
        buffer_ += plain;
        return end_string(buffer_);
    }
    if (stop != '\\') return broken();
    buffer_ += plain;
    state_ = State::InEscape;
    return Token::More;
}

Token JsonTokens::read_escape(std::string_view& piece) {
    const char c = piece.front();
    piece.remove_prefix(1);
    if (c == 'u') {
        unicode_ = 0;
        unicode_digits_ = 0;
        state_ = State::InUnicode;
        return Token::More;
    }
    const char plain = unescaped(c);
    if (plain == '\0') return broken();
    flush_surrogate();
    buffer_ += plain;
    state_ = State::InString;
    return Token::More;
}

Token JsonTokens::read_unicode(std::string_view& piece) {
    const int digit = ascii::hex_value(piece.front());
    piece.remove_prefix(1);
    if (digit < 0) return broken();
    unicode_ = unicode_ * 16U + static_cast<unsigned>(digit);
    if (++unicode_digits_ == 4U) {
        append_unit(unicode_);
        state_ = State::InString;
    }
    return Token::More;
}

/// One UTF-16 unit of an escape; halves of a pair without the other one become U+FFFD.
void JsonTokens::append_unit(unsigned unit) {
    if (unit >= 0xDC00U && unit < 0xE000U && high_surrogate_ != 0) {
        text::append_utf8(buffer_,
                          0x10000U + ((high_surrogate_ - 0xD800U) << 10U) + (unit - 0xDC00U));
        high_surrogate_ = 0;
        return;
    }
    flush_surrogate();
    if (unit >= 0xD800U && unit < 0xDC00U) {
        high_surrogate_ = unit;
    } else {
        text::append_utf8(buffer_, unit >= 0xDC00U && unit < 0xE000U ? text::kReplacement : unit);
    }
}

void JsonTokens::flush_surrogate() {
    if (high_surrogate_ == 0) return;
    text::append_utf8(buffer_, text::kReplacement);
    high_surrogate_ = 0;
}

Token JsonTokens::end_string(std::string_view whole) {
    text_ = whole;
    if (is_key_) {
        state_ = State::Colon;
        return Token::Key;
    }
    value_is_over();
    return Token::String;
}

Token JsonTokens::read_bare(std::string_view& piece) {
    const auto end = std::find_if_not(piece.begin(), piece.end(), is_bare);
    const auto length = static_cast<std::size_t>(end - piece.begin());
    if (buffer_.size() + length > 400) return broken();
    buffer_ += piece.substr(0, length);
    piece.remove_prefix(length);
    return piece.empty() ? Token::More : end_bare();
}

Token JsonTokens::end_bare() {
    text_ = buffer_;
    value_is_over();
    if (text_ == "true" || text_ == "false" || text_ == "null") return Token::Literal;
    return text::parse_decimal(text_) ? Token::Number : broken();
}

Token JsonTokens::broken() {
    state_ = State::Broken;
    return Token::Error;
}

void JsonTokens::value_is_over() {
    state_ = depth_ == 0 ? State::Done : State::ElementEnd;
}

}  // namespace portal::prometheus
