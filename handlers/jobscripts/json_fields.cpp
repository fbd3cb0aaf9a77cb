#include "handlers/jobscripts/json_fields.h"

#include <algorithm>

#include "fcgi/base/text.h"
#include "handlers/page/api.h"

namespace portal::jobscripts {
namespace {

constexpr unsigned kMostDepth = 32;
constexpr std::size_t kMostFields = 64;

/// Reads one JSON document. Poco::JSON does not tell 1e3 from 1000, refuses lone surrogates and
/// keeps one of two equal names, so this reader stays.
class Reader {
 public:
    explicit Reader(std::string_view text) : rest_(text) {}

    std::vector<Field> document() {
        std::vector<Field> fields;
        expect('{');
        if (!take('}')) {
            do {
                if (fields.size() == kMostFields) fail();
                fields.push_back(member());
            } while (take(','));
            expect('}');
        }
        skip_blanks();
        if (!rest_.empty()) fail();
        return fields;
    }

 private:
    [[noreturn]] static void fail() { throw ApiError(400, "JSON parse error"); }

    void skip_blanks() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
    }

    bool take(char wanted) {
        skip_blanks();
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }

    void expect(char wanted) {
        if (!take(wanted)) fail();
    }

    bool take_word(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    Field member() {
        Field field;
        field.name = quoted();
        expect(':');
        skip_blanks();
        if (rest_.empty()) fail();
        if (rest_.front() == '"') {
            field.value = quoted();
        } else if (rest_.front() == '-' || is_digit(rest_.front())) {
            field.kind = Field::Kind::Number;
            field.value = number();
        } else if (take_word("null")) {
            field.kind = Field::Kind::Null;
        } else {
            field.kind = Field::Kind::Other;
            skip_value(1);
        }
        return field;
    }

    void skip_value(unsigned depth) {
        if (depth > kMostDepth) fail();
        skip_blanks();
        if (take('{')) return skip_members(depth);
        if (take('[')) return skip_elements(depth);
        if (rest_.empty()) fail();
        if (rest_.front() == '"') {
            quoted();
        } else if (rest_.front() == '-' || is_digit(rest_.front())) {
            number();
        } else if (!take_word("true") && !take_word("false") && !take_word("null")) {
            fail();
        }
    }

    void skip_members(unsigned depth) {
        if (take('}')) return;
        do {
            quoted();
            expect(':');
            skip_value(depth + 1);
        } while (take(','));
        expect('}');
    }

    void skip_elements(unsigned depth) {
        if (take(']')) return;
        do skip_value(depth + 1);
        while (take(','));
        expect(']');
    }

    static bool is_digit(char c) { return c >= '0' && c <= '9'; }

    std::string digits() {
        std::string out;
        while (!rest_.empty() && is_digit(rest_.front())) {
            out += rest_.front();
            rest_.remove_prefix(1);
        }
        if (out.empty()) fail();
        return out;
    }

    std::string number() {
        std::string out;
        if (take_word("-")) out = "-";
        const std::string whole = digits();
        if (whole.size() > 1 && whole.front() == '0') fail();
        out += whole;
        if (take_word(".")) out += "." + digits();
        if (take_word("e") || take_word("E")) {
            out += 'e';
            if (take_word("-")) {
                out += '-';
            } else {
                take_word("+");
            }
            out += digits();
        }
        return out;
    }

    std::string quoted() {
        expect('"');
        std::string out;
        while (true) {
            const auto end = std::min(rest_.find_first_of("\"\\"), rest_.size());
            if (end == rest_.size()) fail();
            add_plain(out, rest_.substr(0, end));
            const char stop = rest_[end];
            rest_.remove_prefix(end + 1);
            if (stop == '"') return out;
            add_escape(out);
        }
    }

    static void add_plain(std::string& out, std::string_view piece) {
        for (const char c : piece) {
            if (static_cast<unsigned char>(c) < 0x20U) fail();
        }
        if (!text::is_utf8(piece)) fail();
        out += piece;
    }

    void add_escape(std::string& out) {
        constexpr std::string_view kLetters = "\"\\/bfnrt";
        constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
        if (rest_.empty()) fail();
        const char letter = rest_.front();
        rest_.remove_prefix(1);
        if (letter == 'u') return add_unicode(out);
        const auto which = kLetters.find(letter);
        if (which == std::string_view::npos) fail();
        out += kMeanings[which];
    }

    unsigned unit() {
        if (rest_.size() < 4) fail();
        unsigned value = 0;
        for (const char c : rest_.substr(0, 4)) {
            value *= 16;
            if (is_digit(c)) {
                value += static_cast<unsigned>(c - '0');
            } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
                value += static_cast<unsigned>((c | 0x20) - 'a' + 10);
            } else {
                fail();
            }
        }
        rest_.remove_prefix(4);
        return value;
    }

    void add_unicode(std::string& out) {
        const unsigned first = unit();
        if (first < 0xD800 || first > 0xDFFF) return add_point(out, first);
        if (first >= 0xDC80 && first <= 0xDCFF) {
            out += static_cast<char>(first - 0xDC00);
            return;
        }
        if (first >= 0xDC00 || !take_word("\\u")) fail();
        const unsigned second = unit();
        if (second < 0xDC00 || second > 0xDFFF) fail();
        add_point(out, 0x10000 + ((first - 0xD800) << 10U) + (second - 0xDC00));
    }

    static void add_point(std::string& out, unsigned point) {
        const auto tail = [&](unsigned shift) {
            out += static_cast<char>(0x80U | ((point >> shift) & 0x3FU));
        };
        if (point < 0x80) {
            out += static_cast<char>(point);
        } else if (point < 0x800) {
            out += static_cast<char>(0xC0U | (point >> 6U));
            tail(0);
        } else if (point < 0x10000) {
            out += static_cast<char>(0xE0U | (point >> 12U));
            tail(6);
            tail(0);
        } else {
            out += static_cast<char>(0xF0U | (point >> 18U));
            tail(12);
            tail(6);
            tail(0);
        }
    }

    std::string_view rest_;
};

}  // namespace

std::vector<Field> json_fields(const std::string& body) {
    return Reader(body).document();
}

}  // namespace portal::jobscripts
