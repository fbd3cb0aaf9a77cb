#pragma once

#include <memory>
#include <string>
#include <vector>

#include "views/views.h"

namespace portal::views {

/// What the views know of the site.
struct ViewSettings {
    LocalText title;
    std::string base_path;
    std::string sign_out_url;
    std::string contact;
    std::vector<RailEntry> rail;   ///< of the modules switched on
    bool pseudo_language = false;  ///< all but English wrap each text in ⟦⟧ (tests)
};

/// The templates, loaded and frozen; throws std::runtime_error naming a broken one.
class Renderer final : public Views {
 public:
    explicit Renderer(ViewSettings settings);
    ~Renderer() override;

    Response render(const UserPage& page) override;
    Response render(const JobPage& page) override;
    Response render(const HomePage& page) override;
    Response render(const TopIndexPage& page) override;
    Response render(const TopComputePage& page) override;
    Response render(const LargeJobsPage& page) override;
    Response render(const TopLustrePage& page) override;
    Response render(const CloudListPage& page) override;
    Response render(const CloudProjectPage& page) override;
    Response render(const CloudInstancePage& page) override;
    Response render(const AccountIndexPage& page) override;
    Response render(const AccountPage& page) override;
    Response render(const QuotasPage& page) override;
    Response render(const SummaryPage& page) override;
    Response render(const ErrorPage& page) override;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace portal::views
