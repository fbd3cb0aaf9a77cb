#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/result.h"
#include "fcgi/base/units.h"
#include "views/parts/part.h"

namespace portal::views {

/// One of several scripts that were submitted under a job's number.
struct ScriptVersion {
    std::uint32_t number = 0;  ///< 1 for the first one
    Instant stored{};
    Bytes size;
    std::string link;
    bool shown = false;
};

struct ScriptText {
    std::vector<std::string> lines;
    bool cut = false;      ///< there are more lines than these
    std::string download;  ///< link
    bool available = false;
    std::optional<SourceId> missing;      ///< who did not answer
    std::vector<ScriptVersion> versions;  ///< the newest first; empty if there is only one
    std::vector<std::size_t> marked{};    ///< numbers of lines that a notice speaks of, from one
    bool open = false;                    ///< shown unfolded, because the address names it
};

void add_script(TemplateDictionary& dict, const TemplateString& marker, const ScriptText& script,
                const Words& words);

}  // namespace portal::views
