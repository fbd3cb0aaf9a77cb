#include "handlers/sources/prometheus/answer/answer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fcgi/base/text.h"
#include "fcgi/base/unseen.h"
#include "handlers/sources/prometheus/answer/sample.h"

namespace portal::prometheus {
namespace {

constexpr std::size_t kMostWarnings = 16;
constexpr std::size_t kLongestWarning = 500;

std::string clean(std::string_view text) {
    return text::is_utf8(text) ? std::string(text) : text::to_utf8(text);
}

/// A label's value as it may be shown. Nearly all are plain.
std::string shown(std::string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return c >= 0x20U && c != 0x7FU && c != 0xC2U && c != 0xE2U;
    });
    return plain ? clean(text) : text::show_unseen(clean(text));
}

/// Prometheus, Thanos and VictoriaMetrics each say in words of their own that they gave up on a
/// question that reads too much.
bool is_about_length(std::string_view text) {
    constexpr std::array<std::string_view, 5> kSigns = {"timed out", "deadline exceeded",
                                                        "timeout exceeded", "too many samples",
                                                        "maxQueryDuration"};
    return std::any_of(kSigns.begin(), kSigns.end(), [&](std::string_view sign) {
        return text.find(sign) != std::string_view::npos;
    });
}

/// One `[time,"value"]` from the front of `piece`, possibly after a comma, if it is complete
/// and in the form that servers send; else `end` is null.
struct PlainSample {
    double time = 0;
    double value = 0;
    const char* end = nullptr;
};

PlainSample read_plain_sample(std::string_view piece) {
    const char* at = piece.data();
    const char* const last = at + piece.size();
    if (at != last && *at == ',') ++at;
    if (at == last || *at != '[') return {};
    const Decimal time = read_decimal(at + 1, last);
    at = time.end;
    if (at == nullptr || last - at < 4 || at[0] != ',' || at[1] != '"') return {};
    const Decimal value = read_decimal(at + 2, last);
    at = value.end;
    if (at == nullptr || last - at < 2 || at[0] != '"' || at[1] != ']') return {};
    return {time.value, std::isfinite(value.value) ? value.value : kGap, at + 2};
}

}  // namespace

AnswerParser::AnswerParser(const Grid& grid, const AnswerLimits& limits) : limits_(limits) {
    set_.grid = grid;
    start_ = static_cast<double>(unix_seconds(grid.start));
    if (!grid.instant()) points_per_second_ = 1.0 / static_cast<double>(grid.step.count());
}

bool AnswerParser::feed(std::string_view piece) {
    while (!failed_) {
        if (where() == Where::Samples) read_samples(piece);
        const Token token = tokens_.next(piece);
        if (token == Token::More || token == Token::End) return true;
        if (token == Token::Error) return fail("not JSON");
        if (!consume(token)) return fail("not the form of an answer");
    }
    return false;
}

Result<SeriesSet> AnswerParser::finish() {
    const auto error = [](Fault fault, std::string detail) {
        return SourceError{SourceId::Prometheus, fault, std::move(detail)};
    };
    if (failed_) return error(Fault::Malformed, why_);
    if (!tokens_.complete()) return error(Fault::Malformed, "cut off");
    if (status_ == "error") {
        const bool too_long = error_type_ == "timeout" || is_about_length(error_);
        return error(too_long ? Fault::TooLong : Fault::Rejected, error_type_ + ": " + error_);
    }
    if (status_ != "success" || !has_result_) return error(Fault::Malformed, "no result");
    return std::move(set_);
}

bool AnswerParser::fail(const char* why) {
    if (!failed_) why_ = why;
    failed_ = true;
    return false;
}

bool AnswerParser::consume(Token token) {
    switch (token) {
        case Token::BeginObject:
            return begin_object();
        case Token::BeginArray:
            return begin_array();
        case Token::EndObject:
        case Token::EndArray:
            return end();
        case Token::Key:
            return key(tokens_.text());
        case Token::String:
            return string(tokens_.text());
        case Token::Number:
            return number(tokens_.text());
        case Token::Literal:
            return literal(tokens_.text());
        default:
            return false;
    }
}

bool AnswerParser::key(std::string_view name) {
    struct Known {
        Where where;
        std::string_view name;
        Field field;
    };
    static constexpr std::array<Known, 9> kKnown = {{
        {Where::Top, "status", Field::Status},
        {Where::Top, "data", Field::Data},
        {Where::Top, "error", Field::Error},
        {Where::Top, "errorType", Field::ErrorType},
        {Where::Top, "warnings", Field::Warnings},
        {Where::Top, "isPartial", Field::Partial},
        {Where::Data, "result", Field::Result},
        {Where::Series, "metric", Field::Metric},
        {Where::Series, "value", Field::Value},
    }};
    field_ = Field::Other;
    if (where() == Where::Metric) {
        label_name_ = clean(name);
    } else if (where() == Where::Series && name == "values") {
        field_ = Field::Values;
    } else {
        for (const Known& known : kKnown) {
            if (known.where == where() && known.name == name) field_ = known.field;
        }
    }
    return true;
}

bool AnswerParser::push(Where next) {
    path_[++depth_] = next;
    return true;
}

bool AnswerParser::begin_object() {
    switch (where()) {
        case Where::Start:
            return push(Where::Top);
        case Where::Top:
            return push(field_ == Field::Data ? Where::Data : Where::Skipped);
        case Where::Result:
            return begin_series();
        case Where::Series:
            return push(field_ == Field::Metric ? Where::Metric : Where::Skipped);
        case Where::Data:
            return field_ != Field::Result && push(Where::Skipped);
        case Where::Skipped:
            return push(Where::Skipped);
        default:
            return false;
    }
}

bool AnswerParser::begin_array() {
    switch (where()) {
        case Where::Top:
            return push(field_ == Field::Warnings ? Where::Warnings : Where::Skipped);
        case Where::Data:
            if (field_ == Field::Result) has_result_ = true;
            return push(field_ == Field::Result ? Where::Result : Where::Skipped);
        case Where::Series:
            sample_parts_ = 0;
            if (field_ == Field::Values) return push(Where::Samples);
            return push(field_ == Field::Value ? Where::Sample : Where::Skipped);
        case Where::Samples:
            sample_parts_ = 0;
            return push(Where::Sample);
        case Where::Skipped:
            return push(Where::Skipped);
        default:
            return false;
    }
}

bool AnswerParser::end() {
    const Where ended = where();
    --depth_;
    return ended != Where::Sample || end_sample();
}

bool AnswerParser::string(std::string_view text) {
    switch (where()) {
        case Where::Top:
            if (field_ == Field::Status) status_ = text;
            if (field_ == Field::Error) error_ = clean(text);
            if (field_ == Field::ErrorType) error_type_ = clean(text);
            return true;
        case Where::Metric:
            return add_label(text);
        case Where::Sample: {
            const SampleValue sample = parse_sample(text);
            sample_value_ = sample.value;
            return sample.valid && sample_parts_++ == 1;
        }
        case Where::Warnings:
            if (set_.warnings.size() < kMostWarnings) {
                set_.warnings.push_back(clean(text.substr(0, kLongestWarning)));
            }
            return true;
        case Where::Data:
        case Where::Series:
        case Where::Skipped:
            return true;
        default:
            return false;
    }
}

bool AnswerParser::number(std::string_view text) {
    if (where() == Where::Result) {
        // A scalar: the result itself is the sample, and there is nothing before it.
        if (!set_.series.empty() || !begin_series()) return false;
        --depth_;
        path_[depth_] = Where::Sample;
        sample_parts_ = 0;
    }
    if (where() == Where::Sample) {
        const auto time = text::parse_decimal(text);
        sample_time_ = time.value_or(0);
        return time.has_value() && sample_parts_++ == 0;
    }
    return where() != Where::Metric && where() != Where::Samples;
}

bool AnswerParser::literal(std::string_view text) {
    if (where() == Where::Top && field_ == Field::Partial && text == "true") {
        set_.warnings.emplace_back("partial answer");
    }
    // `"data": null` goes with errors.
    return where() == Where::Top || where() == Where::Data || where() == Where::Skipped;
}

bool AnswerParser::begin_series() {
    if (set_.series.size() == limits_.series) return fail("too many series");
    if ((set_.series.size() + 1) * set_.grid.count > limits_.values) {
        return fail("too many values");
    }
    set_.series.emplace_back();
    set_.series.back().values.assign(set_.grid.count, kGap);
    return push(Where::Series);
}

bool AnswerParser::add_label(std::string_view value) {
    std::vector<Label>& labels = set_.series.back().labels;
    label_bytes_ += label_name_.size() + value.size();
    if (labels.size() == limits_.labels || label_bytes_ > limits_.label_bytes) {
        return fail("too many labels");
    }
    labels.push_back({label_name_, shown(value)});
    return true;
}

bool AnswerParser::end_sample() {
    if (sample_parts_ != 2) return false;
    place(sample_time_, sample_value_);
    return true;
}

/// The short way for what answers are made of; whatever looks otherwise goes through the tokens.
void AnswerParser::read_samples(std::string_view& piece) {
    while (tokens_.at_element(piece)) {
        const PlainSample sample = read_plain_sample(piece);
        if (sample.end == nullptr) return;
        piece.remove_prefix(static_cast<std::size_t>(sample.end - piece.data()));
        tokens_.element_was_read();
        place(sample.time, sample.value);
    }
}

/// The nearest point of the grid is never further than half a step away.
void AnswerParser::place(double time, double value) {
    std::vector<double>& values = set_.series.back().values;
    const double point = (time - start_) * points_per_second_ + 0.5;
    if (point >= 0 && point < static_cast<double>(values.size())) {
        values[static_cast<std::size_t>(point)] = value;
    }
}

}  // namespace portal::prometheus
