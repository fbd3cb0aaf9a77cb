#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/reading.h"
#include "views/parts/value.h"

namespace portal::views {

/// How some amount differs between the tasks of an array.
struct Spread {
    /// Where the values fall, from nothing to `top` in steps of one length.
    struct Bins {
        double top = 0;
        std::vector<std::uint64_t> tasks;
    };
    struct Values {
        double least = 0;
        double first_quartile = 0;
        double median = 0;
        double third_quartile = 0;
        double most = 0;
        Bins bins;
        std::uint64_t of = 0;  ///< tasks that have a value
    };
    const char* name = "";  ///< message id
    Unit unit = Unit::Count;
    std::optional<double> requested;  ///< empty: unlimited, or not known
    std::optional<Values> values;     ///< empty: too few tasks were measured
    bool unavailable = false;         ///< Slurm's step table did not answer
};

/// A task that differs much from the others.
struct Outlier {
    std::string number;
    std::string link;
    const char* name = "";  ///< of what it differs in; message id
    Unit unit = Unit::Count;
    double value = 0;
    double median = 0;
};

/// A card for each spread; nothing if there are none.
void add_spreads(TemplateDictionary& dict, const TemplateString& marker,
                 const std::vector<Spread>& spreads, const Words& words);

}  // namespace portal::views
