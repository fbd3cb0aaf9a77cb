#include "views/parts/value.h"

#include <ctemplate/template.h>

#include <cmath>
#include <cstdio>

#include "fcgi/base/overloaded.h"
#include "views/markers/part_value.tpl.h"

namespace portal::views {

namespace {

/// A number for machines: decimal point, no grouping, base unit.
std::string raw_number(double number) {
    char text[32];
    const int length = std::snprintf(text, sizeof text, "%.15g", number);
    return {text, static_cast<std::size_t>(length)};
}

}  // namespace

const double* finite(const Reading& reading) {
    const double* number = std::get_if<double>(&reading);
    return number != nullptr && std::isfinite(*number) ? number : nullptr;
}

std::string source_word(SourceId source, const Words& words) {
    switch (source) {
        case SourceId::Prometheus:
            return "Prometheus";
        case SourceId::Slurm:
            return "Slurm";
        case SourceId::Robinhood:
            return "Robinhood";
        case SourceId::Portal:
            return words.text(mark("the portal’s own database"));
        case SourceId::Ldap:
            break;
    }
    return words.text(mark("the directory"));
}

std::string written(double value, Unit unit, const Words& words) {
    switch (unit) {
        case Unit::Count:
            return words.number(value);
        case Unit::Bytes:
            return words.bytes(value);
        case Unit::Seconds:
            return words.duration(value);
        case Unit::Ratio:
            return words.percent(value);
        case Unit::Kwh:
            return words.with_unit(value, "kWh");
        case Unit::Watts:
            return words.with_unit(value, "W");
    }
    return {};
}

void add_reading(TemplateDictionary& dict, const TemplateString& marker, const Reading& reading,
                 const std::string& text, const Words& words) {
    TemplateDictionary& part = include(dict, marker, "part_value.tpl", words);
    std::visit(Overloaded{
                   [&](double number) {
                       // A value that is not finite cannot be written: it counts as missing.
                       if (!std::isfinite(number) || text.empty())
                           return part.ShowSection(kpv_NONE);
                       part.SetValue(kpv_RAW, raw_number(number));
                       part.SetValueAndShowSection(kpv_TEXT, text, kpv_VALUE);
                   },
                   [&](NoData) { part.ShowSection(kpv_NONE); },
                   [&](Unavailable missing) {
                       part.SetValueAndShowSection(kpv_SOURCE, source_word(missing.source, words),
                                                   kpv_AWAY);
                   },
               },
               reading);
}

void add_amount(TemplateDictionary& dict, const TemplateString& marker, const Reading& reading,
                Unit unit, const Words& words) {
    const double* value = std::get_if<double>(&reading);
    const std::string text = value == nullptr ? "" : written(*value, unit, words);
    add_reading(dict, marker, reading, text, words);
}

void add_unavailable(TemplateDictionary& dict, const TemplateString& marker, SourceId source,
                     const Words& words) {
    add_reading(dict, marker, Unavailable{source}, {}, words);
}

void add_unavailable(TemplateDictionary& dict, const TemplateString& marker,
                     const std::string& name, const Words& words) {
    include(dict, marker, "part_value.tpl", words)
        .SetValueAndShowSection(kpv_SOURCE, name, kpv_AWAY);
}

}  // namespace portal::views
