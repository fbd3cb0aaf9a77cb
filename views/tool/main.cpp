// Build tool of the views:
//   views_tool check CATALOGUE STAMP FILE...   every text to translate is in the catalogue
//   views_tool embed OUT CATALOGUE.mo ASSETS.json TEMPLATE...   a C++ source that holds them all
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "views/tool/extract.h"
#include "views/tool/po.h"

namespace portal::tool {
namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string trouble_of(const Found& found, const Message* message) {
    if (message == nullptr) return "has no translation";
    if (message->fuzzy) return "is marked fuzzy";
    if (message->id_plural != found.id_plural) return "has another plural in the catalogue";
    if (message->texts.size() != (found.id_plural.empty() ? 1U : 2U)) return "lacks a form";
    const auto wanted = placeholders(found.id_plural.empty() ? found.id : found.id_plural);
    for (const std::string& text : message->texts) {
        if (text.empty()) return "is not translated";
        if (placeholders(text) != wanted) return "has other placeholders than its translation";
    }
    return {};
}

std::vector<Found> find_all(const std::vector<std::string>& files) {
    std::vector<Found> all;
    for (const std::string& file : files) {
        const bool is_template = std::filesystem::path(file).extension() == ".tpl";
        const std::string text = read_file(file);
        const auto found = is_template ? template_marks(text, file) : source_ids(text, file);
        all.insert(all.end(), found.begin(), found.end());
    }
    return all;
}

/// Number of texts that cannot be shown in French; each is named on stderr.
int check(const std::string& catalogue, const std::vector<std::string>& files) {
    std::map<std::string, Message> known;
    for (Message& message : parse_po(read_file(catalogue))) {
        const std::string id = message.id;
        if (!known.emplace(id, std::move(message)).second) {
            throw std::runtime_error(catalogue + ": twice: " + id);
        }
    }
    std::map<std::string, std::string> seen;
    int troubles = 0;
    for (const Found& found : find_all(files)) {
        if (!seen.emplace(found.id, found.place).second) continue;
        const auto place = known.find(found.id);
        const auto trouble = trouble_of(found, place == known.end() ? nullptr : &place->second);
        if (trouble.empty()) continue;
        ++troubles;
        std::cerr << found.place << ": \"" << found.id << "\" " << trouble << "\n";
    }
    for (const auto& [id, message] : known) {
        if (!seen.contains(id)) std::cerr << catalogue << ": not used: \"" << id << "\"\n";
    }
    return troubles;
}

void write_bytes(std::ostream& out, std::string_view bytes) {
    constexpr char kHex[] = "01234567";
    out << "std::string_view{\n\"";
    std::size_t column = 0;
    for (const char letter : bytes) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte >= ' ' && byte < 127 && letter != '"' && letter != '\\' && letter != '?') {
            out << letter;
        } else {
            out << '\\' << kHex[byte >> 6U] << kHex[(byte >> 3U) & 7U] << kHex[byte & 7U];
        }
        if (++column % 80 == 0) out << "\"\n\"";
    }
    out << "\", " << bytes.size() << "}";
}

/// The name/value pairs of a flat JSON object of texts without escapes.
std::vector<std::pair<std::string, std::string>> flat_object(const std::string& json) {
    std::vector<std::string> texts;
    for (std::size_t at = json.find('"'); at != std::string::npos; at = json.find('"', at + 1)) {
        const auto end = json.find('"', at + 1);
        if (end == std::string::npos) throw std::runtime_error("assets: a quote is open");
        texts.push_back(json.substr(at + 1, end - at - 1));
        at = end;
    }
    if (texts.size() % 2 != 0) throw std::runtime_error("assets: not a flat object of texts");
    std::vector<std::pair<std::string, std::string>> pairs;
    for (std::size_t at = 0; at < texts.size(); at += 2) {
        pairs.emplace_back(texts[at], texts[at + 1]);
    }
    return pairs;
}

void embed(std::ostream& out, const std::string& catalogue, const std::string& assets,
           const std::vector<std::string>& templates) {
    out << "#include \"views/embedded.h\"\n\nnamespace portal::views::embedded {\nnamespace {\n"
        << "constexpr Named kTemplates[] = {\n";
    for (const std::string& file : templates) {
        out << "{\"" << std::filesystem::path(file).filename().string() << "\", ";
        write_bytes(out, read_file(file));
        out << "},\n";
    }
    out << "};\nconstexpr Named kAssets[] = {\n";
    for (const auto& [name, hashed] : flat_object(read_file(assets))) {
        out << "{\"" << name << "\", \"" << hashed << "\"},\n";
    }
    out << "};\nconstexpr std::string_view kFrench = ";
    write_bytes(out, read_file(catalogue));
    out << ";\n}  // namespace\n"
        << "std::span<const Named> templates() { return kTemplates; }\n"
        << "std::span<const Named> assets() { return kAssets; }\n"
        << "std::string_view french_catalogue() { return kFrench; }\n"
        << "}  // namespace portal::views::embedded\n";
}

int run(const std::vector<std::string>& words) {
    if (words.size() >= 3 && words[0] == "check") {
        const int troubles = check(words[1], {words.begin() + 3, words.end()});
        if (troubles == 0) std::ofstream(words[2]) << "checked\n";
        return troubles == 0 ? 0 : 1;
    }
    if (words.size() >= 4 && words[0] == "embed") {
        std::ostringstream out;
        embed(out, words[2], words[3], {words.begin() + 4, words.end()});
        std::ofstream(words[1], std::ios::binary) << out.str();
        return 0;
    }
    std::cerr << "usage: views_tool check|embed ...\n";
    return 2;
}

}  // namespace
}  // namespace portal::tool

int main(int count, char** values) {
    try {
        return portal::tool::run({values + 1, values + count});
    } catch (const std::exception& error) {
        std::cerr << "views_tool: " << error.what() << "\n";
        return 1;
    }
}
