#pragma once

#include <memory>

#include "views/base/frame.h"
#include "views/views.h"

namespace portal::views {

/// The templates, loaded and frozen; throws std::runtime_error naming a broken one.
class Renderer final : public Views {
 public:
    explicit Renderer(ViewSettings settings);
    ~Renderer() override;

    Response render(const AnyPage& page) override;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace portal::views
