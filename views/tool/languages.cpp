#include "views/tool/languages.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>

#include "views/tool/po.h"

namespace portal::tool {
namespace {

/// One language as the table has it; the texts are UTF-8.
struct Traits {
    std::string code;
    std::string name;
    std::string id;
    std::string rule;
    std::string group;
    std::string decimal;
    std::string byte;
    std::string day;
    std::string million;
    std::string millions;
    bool currency_behind = false;
};

const Traits kEnglish = {"en", "English", "English", "OtherThanOne", ",",  ".",
                         "B",  "d",       "million", "million",      false};

/// The fields of a head, each on a line of its own: "Name: value".
class Head {
 public:
    explicit Head(const std::string& text) {
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            const auto colon = line.find(": ");
            if (colon != std::string::npos) fields_[line.substr(0, colon)] = line.substr(colon + 2);
        }
    }

    [[nodiscard]] const std::string& get(const std::string& name) const {
        const auto found = fields_.find(name);
        if (found == fields_.end() || found->second.empty()) fail(name, "is missing");
        return found->second;
    }

    [[noreturn]] void fail(const std::string& name, const std::string& what) const {
        const auto code = fields_.find("Language");
        throw std::runtime_error((code == fields_.end() ? "a catalogue" : code->second + ".po") +
                                 ": " + name + " " + what);
    }

 private:
    std::map<std::string, std::string> fields_;
};

std::string rule_of(const Head& head) {
    const std::string& forms = head.get("Plural-Forms");
    if (forms == "nplurals=2; plural=(n > 1);") return "AboveOne";
    if (forms == "nplurals=2; plural=(n != 1);") return "OtherThanOne";
    head.fail("Plural-Forms", "is neither (n > 1) nor (n != 1)");
}

/// The text between two parts of a sample.
std::string between(const Head& head, const std::string& name, const std::string& before,
                    const std::string& behind) {
    const std::string& sample = head.get(name);
    const auto start = sample.find(before);
    const auto end = sample.find(behind, start + before.size());
    if (start == std::string::npos || end == std::string::npos) {
        head.fail(name, "is not written like 1,234.5");
    }
    return sample.substr(start + before.size(), end - start - before.size());
}

Traits traits_of(const Head& head) {
    Traits traits;
    traits.code = head.get("Language");
    traits.name = head.get("X-Name");
    traits.id = head.get("X-English-Name");
    traits.rule = rule_of(head);
    traits.group = between(head, "X-Number", "1", "234");
    traits.decimal = between(head, "X-Number", "234", "5");
    traits.byte = head.get("X-Byte");
    traits.day = head.get("X-Day");
    traits.million = head.get("X-Million");
    traits.millions = head.get("X-Millions");
    traits.currency_behind = head.get("X-Money").front() != '$';
    return traits;
}

void write(std::ostream& out, const Traits& traits) {
    out << "    LanguageTraits{" << quoted(traits.code) << ", " << quoted(traits.name)
        << ", PluralRule::" << traits.rule;
    for (const std::string* text : {&traits.group, &traits.decimal, &traits.byte, &traits.day,
                                    &traits.million, &traits.millions}) {
        out << ", " << quoted(*text);
    }
    out << ", " << (traits.currency_behind ? "true" : "false") << "},\n";
}

}  // namespace

std::string languages_header(const std::vector<std::string>& heads) {
    std::vector<Traits> all;
    for (const std::string& head : heads) all.push_back(traits_of(Head(head)));
    std::sort(all.begin(), all.end(),
              [](const Traits& left, const Traits& right) { return left.code < right.code; });
    all.insert(all.begin(), kEnglish);
    std::ostringstream out;
    out << "#pragma once\n\n#include <array>\n#include <cstdint>\n\n"
        << "#include \"fcgi/base/language_traits.h\"\n\nnamespace portal {\n\n"
        << "enum class Language : std::uint8_t {";
    for (const Traits& traits : all) out << ' ' << traits.id << ',';
    out << " };\n\ninline constexpr std::array kLanguages = {\n";
    for (const Traits& traits : all) write(out, traits);
    out << "};\n\n}  // namespace portal\n";
    return out.str();
}

std::string new_catalogue(const std::string& code) {
    return "# The head says how the language writes: X-Name in the language itself, "
           "X-English-Name\n"
           "# one word of letters; the samples X-Number and X-Money show separators and places.\n"
           "msgid \"\"\nmsgstr \"\"\n\"Language: " +
           code +
           "\\n\"\n\"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
           "\"Content-Transfer-Encoding: 8bit\\n\"\n"
           "\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n\"X-Name: \\n\"\n"
           "\"X-English-Name: \\n\"\n\"X-Number: 1,234.5\\n\"\n\"X-Money: $1.50\\n\"\n"
           "\"X-Byte: B\\n\"\n\"X-Day: d\\n\"\n\"X-Million: million\\n\"\n"
           "\"X-Millions: million\\n\"\n";
}

}  // namespace portal::tool
