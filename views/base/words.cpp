#include "views/base/words.h"

#include "views/base/format.h"

namespace portal::views {

std::string Words::text(std::string_view id, const std::vector<std::string>& arguments) const {
    const std::string found = messages_.text(language_, id);
    return arguments.empty() ? found : fill_in(found, arguments);
}

std::string Words::plural(std::string_view id, std::string_view id_plural,
                          std::uint64_t count) const {
    const std::vector<std::string> arguments = {format::count(count, language_)};
    return fill_in(messages_.plural(language_, id, id_plural, count), arguments);
}

std::string Words::sentence(const Sentence& sentence) const {
    if (sentence.empty()) return {};
    std::vector<std::string> arguments;
    for (const Argument& one : sentence.arguments) arguments.push_back(argument(one));
    const std::string found =
        sentence.plural_id.empty()
            ? messages_.text(language_, sentence.id)
            : messages_.plural(language_, sentence.id, sentence.plural_id, sentence.count);
    return fill_in(found, arguments);
}

std::string Words::argument(const Argument& argument) const {
    switch (argument.kind) {
        case Argument::Kind::Text:
            return argument.text;
        case Argument::Kind::Number:
            return number(argument.number);
        case Argument::Kind::Bytes:
            return bytes(argument.number);
        case Argument::Kind::Duration:
            return duration(argument.number);
        case Argument::Kind::Percent:
            return percent(argument.number);
        case Argument::Kind::Money:
            return money(argument.number, argument.text);
        case Argument::Kind::Instant:
            return instant(from_unix(static_cast<std::int64_t>(argument.number)));
    }
    return {};
}

std::string Words::number(double value) const {
    return format::number(value, language_);
}

std::string Words::with_unit(double value, std::string_view unit) const {
    std::string written = number(value);
    if (written.empty()) return written;
    return messages_.value(language_, std::move(written.append("\u202f").append(unit)));
}

std::string Words::bytes(double value) const {
    return messages_.value(language_, format::bytes(value, language_));
}

std::string Words::duration(double seconds) const {
    if (!(seconds > -1e15 && seconds < 1e15)) return {};
    const Seconds whole{static_cast<std::int64_t>(seconds)};
    const std::string written = format::duration(whole, language_);
    return whole.count() < 86400 ? written : messages_.value(language_, written);
}

std::string Words::percent(double ratio) const {
    return format::percent(ratio, language_);
}

std::string Words::money(double value, std::string_view currency) const {
    return messages_.value(language_, format::money(value, currency, language_));
}

std::string Words::instant(Instant instant) const {
    return messages_.value(language_, format::utc(instant));
}

std::string Words::file(std::string_view name) const {
    return std::string(language_code(language_)) + "/" + std::string(name);
}

}  // namespace portal::views
