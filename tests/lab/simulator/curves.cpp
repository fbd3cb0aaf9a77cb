#include "curves.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace portal::simulator {
namespace {

constexpr double kDay = 86400;
constexpr double kNoon = 20 * 3600;  // 15:00 in Montréal, in UTC
constexpr double kDaySwing = 0.35;

double turns(double t, double period) {
    return 2 * std::numbers::pi * t / period;
}

}  // namespace

bool Pulse::on(double t) const {
    if (period <= 0 || t < offset) return false;
    const double began = offset + std::floor((t - offset) / period) * period;
    return began <= until && t - began < length;
}

double Pulse::seconds(double t) const {
    if (period <= 0 || t <= offset || until < offset) return 0;
    const double last = std::floor((std::min(t, until) - offset) / period);
    return last * length + std::min(length, (t - offset) - last * period);
}

double Curve::value(double t) const {
    if (t < 0) return 0;
    const double wave = swing * std::sin(turns(t, swing_period));
    return level * (1 - std::exp(-t / warm_up) + wave - (pause.on(t) ? depth : 0));
}

double Curve::integral(double t) const {
    if (t < 0) return 0;
    const double warm = t - warm_up * (1 - std::exp(-t / warm_up));
    const double wave = swing * (1 - std::cos(turns(t, swing_period))) / turns(1, swing_period);
    return level * (warm + wave - depth * pause.seconds(t));
}

double Burst::total(double t) const {
    if (t < 0) return 0;
    return per_second * decay * (1 - std::exp(-t / decay)) + trickle * t;
}

double day_pattern(double unix_time) {
    return 1 + kDaySwing * std::cos(turns(unix_time - kNoon, kDay));
}

double day_pattern_integral(double unix_time) {
    return unix_time + kDaySwing * std::sin(turns(unix_time - kNoon, kDay)) / turns(1, kDay);
}

}  // namespace portal::simulator
