#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <string>

#include "tests/unit/views/sample_accounts.h"
#include "tests/unit/views/sample_pages.h"
#include "views/renderer.h"

namespace {

using portal::Language;

/// Writes the page in both languages, if PORTAL_PAGES names a folder: for looking at.
template <class Page>
void write(portal::views::Renderer& renderer, const std::string& name, Page page) {
    const char* folder = std::getenv("PORTAL_PAGES");
    for (const Language language : {Language::English, Language::French}) {
        page.frame.language = language;
        const portal::Response response = renderer.render(page);
        BOOST_TEST(response.body.find("</html>") != std::string::npos);
        if (folder == nullptr) continue;
        const std::string code(portal::language_code(language));
        std::ofstream(std::string(folder) + "/" + name + "." + code + ".html") << response.body;
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(page_files)

BOOST_AUTO_TEST_CASE(every_sample_page_is_whole_in_both_languages) {
    portal::views::Renderer renderer({{"Narval", "Narval (grappe)"},
                                      "/portal",
                                      "/portal/sign-out?a=1&b=2",
                                      "support@example.org",
                                      {{"jobstats", "jobs", "My jobs"}},
                                      false});
    write(renderer, "user", samples::user_page());
    write(renderer, "cpu", samples::cpu_job());
    write(renderer, "gpu", samples::gpu_job());
    write(renderer, "failed", samples::failed_job());
    write(renderer, "waiting", samples::waiting_job());
    write(renderer, "account", samples::account_page());
    write(renderer, "accounts", samples::account_index());
    write(renderer, "quotas", samples::quotas_page());
    write(renderer, "summary", samples::summary_page());
    write(renderer, "error-404", samples::error_page(404));
    write(renderer, "error-503", samples::error_page(503));
}

BOOST_AUTO_TEST_SUITE_END()
