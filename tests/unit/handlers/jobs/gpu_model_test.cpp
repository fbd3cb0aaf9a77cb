#include "handlers/jobs/gpu_model.h"

#include <boost/test/unit_test.hpp>

namespace {

using namespace portal;

/// Label of the model that is found, empty if there is none.
std::string found(const std::string& gres, const std::vector<std::string>& types) {
    Site site;
    site.gpus = {{"NVIDIA A100-SXM4-40GB", "A100", "a100", 40, 400, 55},
                 {"NVIDIA H100 80GB HBM3", "H100", "h100", 80, 700, 70}};
    const GpuModel* model = gpu_model({1, gres}, types, site);
    return model == nullptr ? "" : model->label;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gpu_model)

BOOST_AUTO_TEST_CASE(slurms_name_is_believed_before_that_of_the_samples) {
    BOOST_TEST(found("a100", {}) == "A100");
    BOOST_TEST(found("a100", {"NVIDIA H100 80GB HBM3"}) == "A100");
}

BOOST_AUTO_TEST_CASE(without_it_the_samples_name_the_model) {
    BOOST_TEST(found("", {"NVIDIA H100 80GB HBM3"}) == "H100");
    BOOST_TEST(found("gpu", {"NVIDIA H100 80GB HBM3", "NVIDIA H100 80GB HBM3"}) == "H100");
}

// The pages of a job and of an account once differed here.
BOOST_AUTO_TEST_CASE(old_drivers_leave_out_the_maker) {
    BOOST_TEST(found("", {"A100-SXM4-40GB"}) == "A100");
    BOOST_TEST(found("", {"A100-SXM4-40GB", "NVIDIA A100-SXM4-40GB"}) == "A100");
}

BOOST_AUTO_TEST_CASE(what_is_unknown_or_mixed_is_no_model) {
    BOOST_TEST(found("", {}).empty());
    BOOST_TEST(found("", {"1g.5gb"}).empty());
    BOOST_TEST(found("", {"NVIDIA A100-SXM4-40GB", "NVIDIA H100 80GB HBM3"}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
