#pragma once

#include <map>

#include "views/views.h"

namespace portal::fakes {

/// Keeps the last page of each kind instead of rendering it.
class FakeViews final : public views::Views {
 public:
    /// The last page of this kind; nullptr if there was none.
    template <class Page>
    [[nodiscard]] const Page* last() const {
        for (const auto& [kind, page] : pages_) {
            if (const auto* found = std::get_if<Page>(&page)) return found;
        }
        return nullptr;
    }

    Response render(const views::AnyPage& page) override {
        pages_.insert_or_assign(page.index(), page);
        Response response;
        if (const auto* error = std::get_if<views::ErrorPage>(&page)) {
            response.status = error->status;
        }
        return response;
    }

 private:
    std::map<std::size_t, views::AnyPage> pages_;
};

}  // namespace portal::fakes
