#pragma once

#include <optional>

#include "views/views.h"

namespace portal::fakes {

/// Keeps the last page of each kind instead of rendering it.
class FakeViews final : public views::Views {
 public:
    std::optional<views::UserPage> user;
    std::optional<views::JobPage> job;
    std::optional<views::HomePage> home;
    std::optional<views::ErrorPage> error;

    Response render(const views::UserPage& page) override {
        user = page;
        return {};
    }
    Response render(const views::JobPage& page) override {
        job = page;
        return {};
    }
    Response render(const views::HomePage& page) override {
        home = page;
        return {};
    }
    Response render(const views::ErrorPage& page) override {
        error = page;
        Response response;
        response.status = page.status;
        return response;
    }
};

}  // namespace portal::fakes
