#include "handlers/captures.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "fcgi/base/login.h"
#include "fcgi/base/text.h"
#include "handlers/access/project_name.h"

namespace portal {
namespace {

std::optional<JobId> parse_job_id(std::string_view text) {
    const auto number = text::parse_unsigned(text, std::numeric_limits<std::uint32_t>::max());
    // One spelling for each job, so that a page has one address.
    if (!number || *number == 0 || std::to_string(*number) != text) return std::nullopt;
    return JobId{static_cast<std::uint32_t>(*number)};
}

/// A task's index, below the numbers by which Slurm says that there is none.
std::optional<std::uint32_t> parse_task(std::string_view text) {
    const auto number = text::parse_unsigned(text, std::numeric_limits<std::uint32_t>::max() - 2);
    if (!number || std::to_string(*number) != text) return std::nullopt;
    return static_cast<std::uint32_t>(*number);
}

std::optional<std::string> text_if(bool fits, std::string_view text) {
    return fits ? std::optional(std::string(text)) : std::nullopt;
}

bool is_slug(std::string_view text) {
    constexpr std::size_t kLongest = 64;
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789_";
    return text.size() <= kLongest && text.find_first_not_of(kAllowed) == std::string_view::npos;
}

/// Keeps a value that could be read.
template <class Value>
bool keep(std::optional<Value> value, Value& place) {
    if (!value) return false;
    place = *std::move(value);
    return true;
}

bool keep_job(std::string_view text, Captures& captures) {
    const auto mark = text.find('_');
    if (!keep(parse_job_id(text.substr(0, mark)), captures.job_id)) return false;
    if (mark == std::string_view::npos) return true;
    captures.task = parse_task(text.substr(mark + 1));
    return captures.task.has_value();
}

/// A name of a pattern, and how its text is read; false if it cannot be one.
struct Reader {
    std::string_view name;
    bool (*read)(std::string_view text, Captures& captures);
};

constexpr Reader kReaders[] = {
    {"username", [](auto text, auto& to) { return keep(parse_username(text), to.username); }},
    {"job_id", [](auto text, auto& to) { return keep(parse_job_id(text), to.job_id); }},
    {"job", [](auto text, auto& to) { return keep_job(text, to); }},
    {"account", [](auto text, auto& to) { return keep(parse_account(text), to.account); }},
    {"project",
     [](auto text, auto& to) { return keep(text_if(is_project_name(text), text), to.project); }},
    {"uuid", [](auto text, auto& to) { return keep(text_if(is_uuid(text), text), to.instance); }},
    {"graph", [](auto text, auto& to) { return keep(text_if(is_slug(text), text), to.graph); }},
    {"fs", [](auto text, auto& to) { return keep(text_if(true, text), to.file_system); }},
};

const Reader* reader_of(std::string_view name) {
    const auto found = std::find_if(std::begin(kReaders), std::end(kReaders),
                                    [&](const Reader& reader) { return reader.name == name; });
    return found == std::end(kReaders) ? nullptr : found;
}

}  // namespace

bool is_capture(std::string_view name) {
    return reader_of(name) != nullptr;
}

std::optional<Captures> read_captures(const NamedTexts& texts) {
    Captures captures;
    for (const auto& [name, text] : texts) {
        if (!reader_of(name)->read(text, captures)) return std::nullopt;
    }
    return captures;
}

}  // namespace portal
