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
    std::optional<views::TopIndexPage> top;
    std::optional<views::TopComputePage> compute;
    std::optional<views::LargeJobsPage> large_jobs;
    std::optional<views::TopLustrePage> lustre;
    std::optional<views::CloudListPage> projects;
    std::optional<views::CloudProjectPage> project;
    std::optional<views::CloudInstancePage> instance;
    std::optional<views::AccountIndexPage> accounts;
    std::optional<views::AccountPage> account;
    std::optional<views::QuotasPage> quotas;
    std::optional<views::SummaryPage> summary;
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
    Response render(const views::TopIndexPage& page) override { return keep(top, page); }
    Response render(const views::TopComputePage& page) override { return keep(compute, page); }
    Response render(const views::LargeJobsPage& page) override { return keep(large_jobs, page); }
    Response render(const views::TopLustrePage& page) override { return keep(lustre, page); }
    Response render(const views::CloudListPage& page) override { return keep(projects, page); }
    Response render(const views::CloudProjectPage& page) override { return keep(project, page); }
    Response render(const views::CloudInstancePage& page) override { return keep(instance, page); }
    Response render(const views::AccountIndexPage& page) override { return keep(accounts, page); }
    Response render(const views::AccountPage& page) override { return keep(account, page); }
    Response render(const views::QuotasPage& page) override { return keep(quotas, page); }
    Response render(const views::SummaryPage& page) override { return keep(summary, page); }
    Response render(const views::ErrorPage& page) override {
        error = page;
        Response response;
        response.status = page.status;
        return response;
    }

 private:
    template <class Page>
    static Response keep(std::optional<Page>& place, const Page& page) {
        place = page;
        return {};
    }
};

}  // namespace portal::fakes
