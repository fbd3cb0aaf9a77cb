// Build tool of the views:
//   views_tool check CATALOGUE STAMP FILE...   every text to translate is in the catalogue
//   views_tool update CATALOGUE FILE...   adds what a catalogue lacks and drops what nobody uses;
//                                         makes the catalogue of a new language
//   views_tool languages OUT CATALOGUE...   fcgi/base/languages.h
//   views_tool embed OUT ASSETS.json CATALOGUE.mo... TEMPLATE...   a C++ source that holds them all
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
#include "views/tool/languages.h"
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

bool is_template(const std::string& file) {
    return std::filesystem::path(file).extension() == ".tpl";
}

std::vector<Found> find_all(const std::vector<std::string>& files) {
    std::vector<Found> all;
    for (const std::string& file : files) {
        const std::string text = read_file(file);
        const auto found = is_template(file) ? template_marks(text, file) : source_ids(text, file);
        all.insert(all.end(), found.begin(), found.end());
    }
    return all;
}

/// Number of texts that cannot be shown in the language; each is named on stderr.
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

/// An entry to be translated.
std::string empty_entry(const Found& found) {
    const std::string id = "\nmsgid " + quoted(found.id) + "\n";
    if (found.id_plural.empty()) return id + "msgstr \"\"\n";
    return id + "msgid_plural " + quoted(found.id_plural) + "\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n";
}

/// The entries of a catalogue as written, the head first; blank lines part them.
std::vector<std::string> entries_of(const std::string& text) {
    std::vector<std::string> entries(1);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) {
            entries.back() += line + "\n";
        } else if (!entries.back().empty()) {
            entries.emplace_back();
        }
    }
    if (entries.back().empty()) entries.pop_back();
    return entries;
}

/// Entries of texts that are no longer used are dropped, others are kept as written; texts
/// without an entry get an empty one at the end.
std::string updated(const std::string& text, const std::vector<Found>& all) {
    std::map<std::string, const Found*> wanted;
    for (const Found& found : all) wanted.emplace(found.id, &found);
    std::string result;
    for (const std::string& entry : entries_of(text)) {
        const std::vector<Message> messages = parse_po(entry);
        if (!messages.empty() && wanted.erase(messages.front().id) == 0) continue;
        result += (result.empty() ? "" : "\n") + entry;
    }
    for (const Found& found : all) {
        if (wanted.erase(found.id) > 0) result += empty_entry(found);
    }
    return result;
}

void update(const std::string& catalogue, const std::vector<std::string>& files) {
    const std::filesystem::path path(catalogue);
    const std::string before =
        exists(path) ? read_file(catalogue) : new_catalogue(path.stem().string());
    const std::string after = updated(before, find_all(files));
    std::ofstream(catalogue, std::ios::binary) << after;
    std::size_t open = 0;
    for (const Message& message : parse_po(after)) {
        open += std::count(message.texts.begin(), message.texts.end(), std::string()) > 0 ? 1 : 0;
    }
    std::cout << catalogue << ": " << open << " to translate\n";
}

/// Written only if it changes, so that an edited catalogue does not build everything anew.
void write_languages(const std::string& out, const std::vector<std::string>& catalogues) {
    std::vector<std::string> heads;
    for (const std::string& catalogue : catalogues) heads.push_back(head_of(read_file(catalogue)));
    const std::string header = languages_header(heads);
    if (std::filesystem::exists(out) && read_file(out) == header) return;
    std::ofstream(out, std::ios::binary) << header;
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

void embed(std::ostream& out, const std::string& assets, const std::vector<std::string>& catalogues,
           const std::vector<std::string>& templates) {
    out << "#include \"views/base/embedded.h\"\n\nnamespace portal::views::embedded {\nnamespace "
           "{\n"
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
    out << "};\nconstexpr std::string_view kCatalogues[] = {\n";
    for (const std::string& catalogue : catalogues) {
        write_bytes(out, read_file(catalogue));
        out << ",\n";
    }
    out << "};\n}  // namespace\n"
        << "std::span<const Named> templates() { return kTemplates; }\n"
        << "std::span<const Named> assets() { return kAssets; }\n"
        << "std::span<const std::string_view> catalogues() { return kCatalogues; }\n"
        << "}  // namespace portal::views::embedded\n";
}

int run(const std::vector<std::string>& words) {
    if (words.size() >= 3 && words[0] == "check") {
        const int troubles = check(words[1], {words.begin() + 3, words.end()});
        if (troubles == 0) std::ofstream(words[2]) << "checked\n";
        return troubles == 0 ? 0 : 1;
    }
    if (words.size() >= 3 && words[0] == "update") {
        update(words[1], {words.begin() + 2, words.end()});
        return 0;
    }
    if (words.size() >= 3 && words[0] == "languages") {
        write_languages(words[1], {words.begin() + 2, words.end()});
        return 0;
    }
    if (words.size() >= 4 && words[0] == "embed") {
        const auto first_template = std::find_if(words.begin() + 3, words.end(), is_template);
        std::ostringstream out;
        embed(out, words[2], {words.begin() + 3, first_template}, {first_template, words.end()});
        std::ofstream(words[1], std::ios::binary) << out.str();
        return 0;
    }
    std::cerr << "usage: views_tool check|update|languages|embed ...\n";
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
