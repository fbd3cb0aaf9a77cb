#include "fcgi/base/log.h"

#include <unistd.h>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"

namespace portal::log {
namespace {

struct State {
    Level level = Level::Information;
    bool marks = false;
    std::string request_id = "-";
};

/// Logging is the one thing that every layer does; a worker has one thread and one request at a
/// time.
State& state() {
    static State instance;
    return instance;
}

std::string_view level_name(Level level) {
    switch (level) {
        case Level::Error:
            return "error";
        case Level::Warning:
            return "warning";
        case Level::Information:
            return "information";
        case Level::Debug:
            return "debug";
    }
    return "error";
}

/// As in sd-daemon(3).
std::string_view journal_mark(Level level) {
    switch (level) {
        case Level::Error:
            return "<3>";
        case Level::Warning:
            return "<4>";
        case Level::Information:
            return "<6>";
        case Level::Debug:
            return "<7>";
    }
    return "<3>";
}

void append_escaped(std::string& line, std::string_view value) {
    for (const char c : value) {
        if (ascii::is_control(c)) {
            line += "\\x";
            line += text::hex({&c, 1});
        } else {
            if (c == '"' || c == '\\') line += '\\';
            line += c;
        }
    }
}

void append_value(std::string& line, std::string_view value) {
    const bool quoted = value.empty() || value.find_first_of(" =\"") != std::string_view::npos;
    if (quoted) line += '"';
    append_escaped(line, value);
    if (quoted) line += '"';
}

}  // namespace

void set_level(Level level) {
    state().level = level;
}

void mark_levels() {
    state().marks = true;
}

void set_request_id(std::string_view id) {
    state().request_id = id.empty() ? "-" : std::string(id);
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (level > state().level) return;
    std::string line(state().marks ? journal_mark(level) : std::string_view{});
    line.append(level_name(level)).append(" ");
    append_escaped(line, state().request_id);
    line += ' ';
    append_escaped(line, event);
    for (const Field& field : fields) {
        line += ' ';
        line += field.key;
        line += '=';
        append_value(line, field.value);
    }
    line += '\n';
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace portal::log
