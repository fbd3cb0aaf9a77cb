#include "views/base/messages.h"

#include <stdexcept>

namespace portal::views {
namespace {

/// A 32-bit number of a .mo file, lowest byte first.
std::uint32_t word_at(std::string_view file, std::size_t offset) {
    if (offset + 4 > file.size()) throw std::runtime_error("catalogue is cut off");
    std::uint32_t value = 0;
    for (std::size_t byte = 4; byte-- > 0;) {
        value = value << 8U | static_cast<unsigned char>(file[offset + byte]);
    }
    return value;
}

/// The text that the table entry at `offset` (length, place) speaks of.
std::string_view text_at(std::string_view file, std::size_t offset) {
    const std::size_t length = word_at(file, offset);
    const std::size_t place = word_at(file, offset + 4);
    if (place + length > file.size()) throw std::runtime_error("catalogue is cut off");
    return file.substr(place, length);
}

std::vector<std::string_view> split_forms(std::string_view text) {
    std::vector<std::string_view> forms;
    for (std::size_t end = text.find('\0'); end != std::string_view::npos; end = text.find('\0')) {
        forms.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    forms.push_back(text);
    return forms;
}

std::unordered_map<std::string_view, std::vector<std::string_view>> read_catalogue(
    std::string_view catalogue) {
    constexpr std::uint32_t kMagic = 0x950412deU;
    if (word_at(catalogue, 0) != kMagic) throw std::runtime_error("not a catalogue");
    const std::size_t count = word_at(catalogue, 8);
    const std::size_t ids = word_at(catalogue, 12);
    const std::size_t texts = word_at(catalogue, 16);
    std::unordered_map<std::string_view, std::vector<std::string_view>> translations;
    translations.reserve(count);
    for (std::size_t at = 0; at < count; ++at) {
        const auto id = split_forms(text_at(catalogue, ids + 8 * at)).front();
        if (!id.empty()) translations.emplace(id, split_forms(text_at(catalogue, texts + 8 * at)));
    }
    return translations;
}

}  // namespace

Messages::Messages(std::span<const std::string_view> catalogues, Style style) : style_(style) {
    if (catalogues.size() + 1 != kLanguages.size()) throw std::runtime_error("catalogues missing");
    for (const std::string_view catalogue : catalogues) {
        translations_.push_back(read_catalogue(catalogue));
    }
}

const Messages::Forms* Messages::find(Language language, std::string_view id) const {
    if (language == Language::English) return nullptr;
    const auto& texts = translations_.at(static_cast<std::size_t>(language) - 1);
    const auto found = texts.find(id);
    return found == texts.end() ? nullptr : &found->second;
}

std::string Messages::text(Language language, std::string_view id) const {
    const Forms* const found = find(language, id);
    return value(language, std::string(found == nullptr ? id : found->front()));
}

std::string Messages::plural(Language language, std::string_view id, std::string_view id_plural,
                             std::uint64_t count) const {
    const std::size_t form = traits_of(language).form(count);
    const Forms* const found = find(language, id);
    if (found == nullptr || found->size() <= form) {
        return value(language, std::string(form == 0 ? id : id_plural));
    }
    return value(language, std::string(found->at(form)));
}

std::string Messages::value(Language language, std::string formatted) const {
    if (style_ == Style::Plain || language == Language::English || formatted.empty()) {
        return formatted;
    }
    return "⟦" + std::move(formatted) + "⟧";
}

std::string fill_in(std::string_view text, std::span<const std::string> arguments) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool numbered = text[at] == '{' && at + 2 < text.size() && text[at + 2] == '}';
        const auto index = numbered ? static_cast<std::size_t>(text[at + 1] - '0') : 10;
        if (index < arguments.size()) {
            result += arguments[index];
            at += 2;
        } else {
            result += text[at];
        }
    }
    return result;
}

}  // namespace portal::views
