#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "handlers/sources/prometheus/answer/answer.h"

using namespace portal;
using namespace portal::prometheus;

namespace {

Result<SeriesSet> parse(std::string_view text, std::size_t piece) {
    AnswerParser parser(Grid{from_unix(1000), Seconds{60}, 8}, AnswerLimits{.series = 50});
    for (std::size_t at = 0; at < text.size(); at += piece) {
        if (!parser.feed(text.substr(at, piece))) break;
    }
    return parser.finish();
}

bool same_value(double left, double right) {
    return std::bit_cast<std::uint64_t>(left) == std::bit_cast<std::uint64_t>(right);
}

bool same_label(const Label& left, const Label& right) {
    return left.name == right.name && left.value == right.value;
}

bool same_series(const Series& left, const Series& right) {
    return left.values.size() == 8 && std::ranges::equal(left.values, right.values, same_value) &&
           std::ranges::equal(left.labels, right.labels, same_label);
}

bool same(const Result<SeriesSet>& left, const Result<SeriesSet>& right) {
    if (left.ok() != right.ok()) return false;
    if (!left.ok()) return left.error().fault == right.error().fault;
    return std::ranges::equal(left.value().series, right.value().series, same_series);
}

}  // namespace

/// However an answer is cut into pieces, it says the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Result<SeriesSet> whole = parse(text, std::max<std::size_t>(size, 1));
    for (const std::size_t piece : {std::size_t{1}, std::size_t{5}}) {
        if (!same(whole, parse(text, piece))) std::abort();
    }
    return 0;
}
