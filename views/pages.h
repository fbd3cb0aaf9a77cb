#pragma once

#include <string>

#include "views/base/words.h"
#include "views/views.h"

namespace ctemplate {
class TemplateDictionary;
}

/// One fill function for each page: the dictionary gets the page's template and values. Each
/// returns what the browser's title says. For the renderer only.
namespace portal::views {

[[nodiscard]] std::string fill(const UserPage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);
[[nodiscard]] std::string fill(const JobPage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);
[[nodiscard]] std::string fill(const HomePage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);
[[nodiscard]] std::string fill(const TopIndexPage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);
[[nodiscard]] std::string fill(const TopComputePage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);
[[nodiscard]] std::string fill(const LargeJobsPage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);
[[nodiscard]] std::string fill(const TopLustrePage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);
[[nodiscard]] std::string fill(const CloudListPage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);
[[nodiscard]] std::string fill(const CloudProjectPage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);
[[nodiscard]] std::string fill(const CloudInstancePage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);
[[nodiscard]] std::string fill(const AccountIndexPage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);
[[nodiscard]] std::string fill(const AccountPage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);
[[nodiscard]] std::string fill(const QuotasPage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);
[[nodiscard]] std::string fill(const SummaryPage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);
[[nodiscard]] std::string fill(const ErrorPage& page, ctemplate::TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
