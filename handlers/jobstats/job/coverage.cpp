#include "handlers/jobstats/job/coverage.h"

#include <algorithm>

namespace portal::jobstats {
namespace {

double count(Seconds time) {
    return static_cast<double>(time.count());
}

/// The stretches of one node, put one after the other.
class Node {
 public:
    explicit Node(double slack) : slack_(slack) {}

    /// Stretches come by their beginning.
    void add(const Stretch& stretch) {
        const double length = stretch.last - stretch.first;
        const bool known = stretch.last > 0;
        const double begin = std::max(stretch.first, until_);
        const double fresh = std::max(stretch.last - begin, 0.0);
        const bool inside = seen_ && known && stretch.last <= until_;
        if (!inside) growth_ += length > 0 ? stretch.growth * fresh / length : stretch.growth;
        if (!known) return;
        // From the last sample under one label to the first under the next, nothing is missing.
        const double gap = seen_ ? stretch.first - until_ : 0;
        seconds_ += fresh + (gap > 0 && gap <= slack_ ? gap : 0);
        until_ = std::max(until_, stretch.last);
        seen_ = true;
    }

    [[nodiscard]] bool seen() const { return seen_; }
    [[nodiscard]] double growth() const { return growth_; }
    [[nodiscard]] double seconds() const { return seconds_; }

 private:
    double slack_;
    double until_ = 0;
    double growth_ = 0;
    double seconds_ = 0;
    bool seen_ = false;
};

}  // namespace

Counted join_stretches(const Stretches& stretches, const Expected& expected) {
    std::map<std::string, std::vector<Stretch>> nodes;
    for (const auto& [key, stretch] : stretches) nodes[key.first].push_back(stretch);
    Counted counted;
    std::vector<double> seconds;
    for (auto& [name, list] : nodes) {
        std::sort(list.begin(), list.end(),
                  [](const Stretch& a, const Stretch& b) { return a.first < b.first; });
        Node node(count(expected.slack));
        for (const Stretch& stretch : list) node.add(stretch);
        counted.growth += node.growth();
        if (node.seen()) seconds.push_back(node.seconds());
    }
    counted.covered = covered_share(seconds, expected);
    return counted;
}

double covered_share(const std::vector<double>& seconds, const Expected& expected) {
    const double run = count(expected.run);
    if (seconds.empty() || run <= 0) return 1;
    double seen = 0;
    for (const double one : seconds) seen += std::min(one + count(expected.slack), run);
    const auto nodes = static_cast<double>(std::max<std::size_t>(expected.nodes, 1));
    return std::min(seen / (run * nodes), 1.0);
}

}  // namespace portal::jobstats
