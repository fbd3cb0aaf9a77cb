#include "fcgi/programs/background/parts.h"

#include <algorithm>

namespace portal {
namespace {

/// What a statement over all of Robinhood's table may take here, where nobody waits.
constexpr Milliseconds kRobinhoodTime{12'000};

std::vector<robinhood::Settings> unhurried(std::vector<robinhood::Settings> all) {
    for (robinhood::Settings& one : all) one.timeout = std::max(one.timeout, kRobinhoodTime);
    return all;
}

/// One for each database of Robinhood.
robinhood::Breakers breakers_of(const Config& config, const Clock& clock) {
    robinhood::Breakers breakers;
    for (std::size_t i = 0; i < config.robinhood.size(); ++i) breakers.emplace_back(clock, 1U);
    return breakers;
}

}  // namespace

BackgroundParts::BackgroundParts(const Config& config)
    : breakers_(breakers_of(config, clock_)),
      metrics_(config.prometheus, {request_}),
      slurm_(config.slurm, clock_, {request_}),
      ldap_(config.ldap, {request_}),
      directory_(ldap_, clock_),
      storage_(unhurried(config.robinhood), request_, breakers_),
      own_(config.database, {request_}),
      answers_(clock_, 1),
      settled_(0),
      meter_({}, 1, clock_.now()),
      watched_{meter_, audit_, settled_, {}, "", ""},
      context_{config.site, clock_,   slurm_, metrics_, directory_, storage_,
               answers_,    settled_, own_,   views_,   watched_} {}

}  // namespace portal
