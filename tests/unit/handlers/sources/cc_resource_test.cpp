#include "handlers/sources/ldap/cc_resource.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

namespace portal::ldap {
namespace {

std::optional<AllocatedResources> parse(std::string_view value) {
    return parse_cc_resource(value, "narval-storage", "narval");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cc_resource)

BOOST_AUTO_TEST_CASE(reads_storage_in_its_units) {
    const auto resources =
        parse("a:narval-storage:project_storage_tb=1.5:inode_quota=0.5:nearline_storage_tb=20");

    BOOST_TEST_REQUIRE(resources.has_value());
    BOOST_TEST(resources->project_storage.value().count == 1649267441664U);
    BOOST_TEST(resources->project_inodes.value() == 500000.0);
    BOOST_TEST(resources->nearline_storage.value().count == 21990232555520U);
    BOOST_TEST(!resources->core_equivalent.has_value());
}

BOOST_AUTO_TEST_CASE(reads_cores_and_gpus) {
    BOOST_TEST(parse("a:narval-compute:core_equivalent=200")->core_equivalent.value() == 200.0);
    BOOST_TEST(parse("a:narval-gpu:gpu_equivalent=2.5")->gpu_equivalent.value() == 2.5);
    BOOST_TEST(!parse("a:narval-gpu:core_equivalent=2")->core_equivalent.has_value());
}

BOOST_DATA_TEST_CASE(passes_over_what_is_not_active_here,
                     boost::unit_test::data::make(
                         {"a:narval-compute:core_equivalent=1:expired=2021",
                          "a:narval-compute:core_equivalent=1:startdate=2031",
                          "a:narval-computer:core_equivalent=1",
                          "a:beluga-compute:core_equivalent=1", "a:narval:core_equivalent=1",
                          "a:narval-storage2:inode_quota=1", "narval-compute:core_equivalent=1", "",
                          ":", "::", "narval-compute"}),
                     value) {
    BOOST_TEST(!parse(value).has_value());
}

BOOST_DATA_TEST_CASE(
    passes_over_fields_that_are_no_numbers,
    boost::unit_test::data::make(
        {"a:narval-compute", "a:narval-compute:", "a:narval-compute:core_equivalent",
         "a:narval-compute:core_equivalent=", "a:narval-compute:core_equivalent=x",
         "a:narval-compute:core_equivalent=-5", "a:narval-compute:=3",
         "a:narval-compute:core_equivalent=nan", "a:narval-compute:core_equivalent=inf",
         "a:narval-compute:core_equivalent=1e300"}),
    value) {
    const auto resources = parse(value);

    BOOST_TEST_REQUIRE(resources.has_value());
    BOOST_TEST(!resources->core_equivalent.has_value());
}

BOOST_DATA_TEST_CASE(storage_without_a_number_is_there_without_a_limit,
                     boost::unit_test::data::make({"40TB", "1,5", "-1", "", "9e6"}), value) {
    const auto project = parse(std::string("a:narval-storage:project_storage_tb=") + value);
    const auto nearline = parse(std::string("a:narval-storage:nearline_storage_tb=") + value);
    AllocatedResources merged;
    merge_resources(merged, *project);

    BOOST_TEST((project->has_project() && !project->project_storage));
    BOOST_TEST((nearline->has_nearline() && !nearline->has_project()));
    BOOST_TEST((merged.has_project() && !merged.has_nearline()));
}

BOOST_AUTO_TEST_CASE(a_bad_field_does_not_hide_the_others) {
    BOOST_TEST(parse("a:narval-compute:note:x=y:core_equivalent=8")->core_equivalent.value() ==
               8.0);
}

BOOST_AUTO_TEST_CASE(nothing_belongs_to_a_cluster_without_names) {
    BOOST_TEST(!parse_cc_resource("a::inode_quota=1", "", "").has_value());
    BOOST_TEST(!parse_cc_resource("a:-gpu:gpu_equivalent=1", "", "").has_value());
}

BOOST_AUTO_TEST_CASE(the_larger_of_two_grants_holds) {
    AllocatedResources sum = *parse("a:narval-compute:core_equivalent=8");

    merge_resources(sum, *parse("a:narval-compute:core_equivalent=3"));
    merge_resources(sum, *parse("a:narval-gpu:gpu_equivalent=1"));

    BOOST_TEST(sum.core_equivalent.value() == 8.0);
    BOOST_TEST(sum.gpu_equivalent.value() == 1.0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::ldap
