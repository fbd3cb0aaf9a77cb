#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace portal::prometheus {

enum class Token {
    More,  ///< the piece is used up; go on with the next one
    BeginObject,
    EndObject,
    BeginArray,
    EndArray,
    Key,
    String,
    Number,
    Literal,  ///< true, false or null
    End,      ///< the document is complete
    Error,    ///< not JSON, too deep, or a text that is too long; stays so
};

/// Reads JSON that comes in pieces, cut anywhere, token by token; keeps no document. Written by
/// hand because answers of many megabytes are read as they arrive, in bounded memory, which the
/// JSON libraries at hand cannot do.
class JsonTokens {
 public:
    static constexpr unsigned kMostDepth = 60;
    static constexpr std::size_t kLongestText = 64 * 1024;

    /// The next token of `piece`, which loses what was read.
    [[nodiscard]] Token next(std::string_view& piece);

    /// Text of the Key, String, Number or Literal that came last, escapes decoded; until the next
    /// call, and no longer than the piece lives.
    [[nodiscard]] std::string_view text() const { return text_; }

    /// True if the next token is an element of an array that has begun: so the caller may read
    /// elements that it recognises from the piece by itself, and report with element_was_read().
    [[nodiscard]] bool at_element(std::string_view piece) const;
    void element_was_read() { state_ = State::ElementEnd; }

    /// True once the whole document has been read.
    [[nodiscard]] bool complete() const { return state_ == State::Done; }

 private:
    enum class State : std::uint8_t {
        Value,
        FirstElement,
        ElementEnd,
        FirstKey,
        NextKey,
        Colon,
        InString,
        InEscape,
        InUnicode,
        InBare,
        Done,
        Broken,
    };

    [[nodiscard]] Token step(std::string_view& piece);
    [[nodiscard]] Token begin_value(std::string_view& piece);
    [[nodiscard]] Token open(Token token);
    [[nodiscard]] Token close(char bracket);
    [[nodiscard]] Token after_element(std::string_view& piece);
    [[nodiscard]] Token begin_key(std::string_view& piece);
    [[nodiscard]] Token read_string(std::string_view& piece);
    [[nodiscard]] Token read_escape(std::string_view& piece);
    [[nodiscard]] Token read_unicode(std::string_view& piece);
    [[nodiscard]] Token read_bare(std::string_view& piece);
    [[nodiscard]] Token end_bare();
    [[nodiscard]] Token end_string(std::string_view whole);
    [[nodiscard]] Token broken();
    void value_is_over();
    void flush_surrogate();
    void append_unit(unsigned unit);
    [[nodiscard]] bool in_array() const { return ((arrays_ >> (depth_ - 1)) & 1U) != 0; }

    State state_ = State::Value;
    bool is_key_ = false;
    unsigned depth_ = 0;
    std::uint64_t arrays_ = 0;  ///< bit n: the container at depth n + 1 is an array
    std::string buffer_;        ///< a text that is cut by the end of a piece or holds escapes
    std::string_view text_;
    unsigned unicode_ = 0;
    unsigned unicode_digits_ = 0;
    unsigned high_surrogate_ = 0;
};

}  // namespace portal::prometheus
