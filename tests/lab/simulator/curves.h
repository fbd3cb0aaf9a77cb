#pragma once

namespace portal::simulator {

/// Something that is on for `length` seconds at the start of each period, from `offset` on.
struct Pulse {
    double offset = 0;
    double period = 0;  ///< 0 = never on
    double length = 0;
    double until = 1e15;  ///< none begins after this

    /// Whether it is on, `t` seconds after the job's start.
    [[nodiscard]] bool on(double t) const;
    /// Seconds it was on in [0, t).
    [[nodiscard]] double seconds(double t) const;
};

/// The share of its capacity that a core or a GPU uses: it warms up, swings, and pauses for I/O.
/// Stays within [0, 1] if level * (1 + swing) <= 1, swing + depth <= 1, swing_period >= 10 *
/// warm_up and pause.offset >= 10 * warm_up. The integral is exact, so that counters can be
/// computed for any instant.
struct Curve {
    double level = 0;
    double warm_up = 20;  ///< seconds
    double swing = 0;
    double swing_period = 1800;  ///< seconds
    Pulse pause;
    double depth = 0;  ///< share of the level that is lost in a pause

    /// Share in use `t` seconds after the start.
    [[nodiscard]] double value(double t) const;
    /// Seconds of full use in [0, t).
    [[nodiscard]] double integral(double t) const;
};

/// Amount of something that comes in a burst at the start and trickles afterwards.
struct Burst {
    double per_second = 0;  ///< rate at the start
    double decay = 300;     ///< seconds
    double trickle = 0;     ///< rate that stays

    /// Amount in [0, t).
    [[nodiscard]] double total(double t) const;
};

/// Share of the usual load at a Unix time: low at night (UTC-5), high in the afternoon; mean 1.
double day_pattern(double unix_time);
/// Integral of day_pattern from 0 to `unix_time`.
double day_pattern_integral(double unix_time);

}  // namespace portal::simulator
