#include "handlers/jobscripts/settings.h"

#include "fcgi/config/section.h"
#include "handlers/site.h"

namespace portal {
namespace {

using config::Key;
using config::Presence;
using config::Value;

constexpr auto kOptional = Presence::Optional;
constexpr std::uint64_t kMostKib = 16 * 1024;

constexpr Key<JobScripts> kScripts[] = {
    {"largest_kib", kOptional,
     [](JobScripts& s, const Value& v) {
         s.largest = static_cast<std::size_t>(v.whole(1, kMostKib)) << 10U;
     }},
};

}  // namespace

void read_job_scripts(const ini::File& file, const ini::Section& section, Site& site) {
    config::read_section<JobScripts>(file, section, kScripts, site.scripts);
}

}  // namespace portal
