#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "handlers/sources/prometheus/metrics.h"

namespace portal::fakes {

/// Prometheus for handler tests: remembers the questions' texts; answers come from `answers` by
/// the first key that the text contains, else from `otherwise`, at first an empty set.
class FakeMetrics final : public prometheus::Metrics {
 public:
    using Answer = Result<prometheus::SeriesSet>;

    std::vector<std::string> texts;
    std::vector<prometheus::Grid> grids;
    std::map<std::string, Answer> answers;
    std::function<Answer(const std::string& text, const prometheus::Grid& grid)> otherwise =
        [](const std::string&, const prometheus::Grid& grid) {
            return prometheus::SeriesSet{.grid = grid, .series = {}, .warnings = {}};
        };

    prometheus::Ticket ask(const prometheus::Question& question) override {
        texts.push_back(question.query.text(""));
        grids.push_back(question.grid);
        return {texts.size() - 1};
    }

    Answer collect(prometheus::Ticket ticket) override {
        const std::string& text = texts.at(ticket.index);
        for (const auto& [part, answer] : answers) {
            if (text.find(part) != std::string::npos) return answer;
        }
        return otherwise(text, grids.at(ticket.index));
    }
};

}  // namespace portal::fakes
