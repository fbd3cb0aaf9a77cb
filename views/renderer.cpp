#include "views/renderer.h"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>

#include <stdexcept>

#include "views/base/embedded.h"
#include "views/base/messages.h"
#include "views/base/translate.h"
#include "views/base/words.h"

namespace portal::views {

namespace {

int status_of(const ErrorPage& page) {
    return page.status;
}

template <class Page>
int status_of(const Page& /*page*/) {
    return 200;
}

}  // namespace

struct Renderer::State {
    explicit State(ViewSettings the_settings)
        : settings(std::move(the_settings)),
          messages(embedded::catalogues(),
                   settings.pseudo_language ? Messages::Style::Pseudo : Messages::Style::Plain) {
        for (std::size_t place = 0; place < kLanguages.size(); ++place) {
            load(static_cast<Language>(place));
        }
        cache.Freeze();
    }

    void load(Language language) {
        const Words words(messages, language);
        for (const auto& [name, text] : embedded::templates()) {
            const std::string key = words.file(name);
            if (!cache.StringToTemplateCache(key, translate_template(text, words), kStrip)) {
                throw std::runtime_error("template cannot be used: " + key);
            }
        }
    }

    template <class Page>
    Response render(const Page& page) {
        const Words words(messages, page.frame.language);
        TemplateDictionary dict("page");
        auto& content = add_content(dict, words);
        const std::string title = fill(page, content, words);
        fill_frame(page.frame, title, settings, dict, words);
        Response response;
        response.status = status_of(page);
        response.headers = {{"Content-Language", std::string(language_code(words.language()))}};
        if (!cache.ExpandNoLoad(words.file("frame.tpl"), kStrip, &dict, nullptr, &response.body)) {
            throw std::runtime_error("a page refers to a template that was not loaded");
        }
        return response;
    }

    static constexpr auto kStrip = ctemplate::STRIP_BLANK_LINES;
    ViewSettings settings;
    Messages messages;
    ctemplate::TemplateCache cache;
};

Renderer::Renderer(ViewSettings settings) : state_(std::make_unique<State>(std::move(settings))) {}
Renderer::~Renderer() = default;

Response Renderer::render(const AnyPage& page) {
    return std::visit([this](const auto& one) { return state_->render(one); }, page);
}

}  // namespace portal::views
