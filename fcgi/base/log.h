#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace portal::log {

/// error: a person must act; warning: an answer was degraded; information: one line per request;
/// debug: queries.
enum class Level { Error, Warning, Information, Debug };

/// One `key=value` of a line. Numbers are written as they are; control characters in texts are
/// escaped and texts with blanks are quoted.
struct Field {
    std::string_view key;
    std::string value;

    Field(std::string_view name, std::string_view text) : key(name), value(text) {}
    Field(std::string_view name, const char* text) : key(name), value(text) {}
    Field(std::string_view name, std::int64_t number) : key(name), value(std::to_string(number)) {}
    Field(std::string_view name, std::uint64_t number) : key(name), value(std::to_string(number)) {}
    Field(std::string_view name, int number) : key(name), value(std::to_string(number)) {}
};

/// Lines below this level are dropped; Information at the start.
void set_level(Level level);
/// From now on each line begins with its level as systemd's journal reads it: `<4>`.
void mark_levels();
/// Id that every line of this process carries from now on (one request at a time); empty: `-`.
void set_request_id(std::string_view id);
/// Writes `level request-id event key=value ...` to stderr in one write.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

}  // namespace portal::log
