#include "handlers/modules.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

using namespace portal;

BOOST_AUTO_TEST_SUITE(modules)

BOOST_AUTO_TEST_CASE(names_are_there_once) {
    const auto names = module_names();

    BOOST_TEST(std::set<std::string>(names.begin(), names.end()).size() == names.size());
    for (const std::string& name : Site{}.modules) {
        BOOST_TEST(std::count(names.begin(), names.end(), name) == 1, name);
    }
}

BOOST_AUTO_TEST_CASE(routes_of_a_module_lie_below_its_name) {
    for (const Module& module : all_modules()) {
        const std::string beginning = "/secure/" + std::string(module.name) + "/";
        BOOST_TEST(!module.routes.empty(), module.name);
        for (const Route& route : module.routes) {
            const bool below = module.name.empty() || route.pattern.starts_with(beginning);
            BOOST_TEST(below, route.pattern);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_navigation_leads_to_a_route_of_the_module) {
    for (const Module& module : all_modules()) {
        if (module.word == nullptr) continue;
        const std::string target = "/secure/" + std::string(module.name) + "/";
        BOOST_TEST(!module.icon.empty(), module.name);
        BOOST_TEST((std::any_of(module.routes.begin(), module.routes.end(),
                                [&](const Route& route) { return route.pattern == target; })),
                   target);
    }
}

BOOST_AUTO_TEST_CASE(a_shared_page_is_a_route_of_its_module) {
    for (const Module& module : all_modules()) {
        for (const std::string_view page : module.shared) {
            BOOST_TEST((std::any_of(module.routes.begin(), module.routes.end(),
                                    [&](const Route& route) { return route.pattern == page; })),
                       page);
        }
    }
}

BOOST_AUTO_TEST_CASE(each_module_that_a_site_may_choose_says_what_it_shows) {
    for (const Module& module : all_modules()) {
        if (!module.name.empty()) BOOST_TEST(!module.shows.empty(), module.name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
