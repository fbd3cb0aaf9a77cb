#include "views/parts/jobs/waste.h"

#include <ctemplate/template.h>

#include "views/markers/part_waste_answer.tpl.h"

namespace portal::views {
namespace {

void add(std::string& text, const std::string& sentence) {
    if (!text.empty()) text += ' ';
    text += sentence;
}

}  // namespace

std::string waste_sentence(const WasteNumbers& numbers, const std::string& currency,
                           const Words& words) {
    std::string text;
    if (numbers.gpus_share && numbers.wasted_gpu_hours) {
        add(text, words.text(mark("{0} of {1} GPU-hours were used, {2} wasted."),
                             {words.percent(*numbers.gpus_share), words.number(*numbers.gpu_hours),
                              words.number(*numbers.wasted_gpu_hours)}));
    }
    if (numbers.cores_share && numbers.wasted_core_hours) {
        add(text,
            words.text(mark("{0} of {1} core-hours were used, {2} wasted."),
                       {words.percent(*numbers.cores_share), words.number(*numbers.core_hours),
                        words.number(*numbers.wasted_core_hours)}));
    }
    if (!text.empty() && numbers.wasted_cost) {
        add(text,
            words.text(mark("That is about {0}."), {words.money(*numbers.wasted_cost, currency)}));
    }
    return text;
}

bool add_waste_answer(TemplateDictionary& dict, const TemplateString& marker,
                      const WasteAnswer& answer, const Words& words) {
    const std::string text = waste_sentence(answer.whole, answer.currency, words);
    if (text.empty()) return false;
    TemplateDictionary& part = include(dict, marker, "part_waste_answer.tpl", words);
    part.SetValue(kpwa_TEXT, text);
    if (!answer.more.empty()) {
        part.SetValueAndShowSection(kpwa_MORE_TEXT, answer.more, kpwa_MORE);
    }
    const std::string before = waste_sentence(answer.earlier, answer.currency, words);
    if (!before.empty()) {
        part.SetValueAndShowSection(
            kpwa_BEFORE_TEXT, words.text(mark("As long before that: {0}"), {before}), kpwa_BEFORE);
    }
    if (!answer.since.empty()) {
        part.SetValueAndShowSection(kpwa_SINCE_TEXT, words.sentence(answer.since), kpwa_SINCE);
    }
    return true;
}

}  // namespace portal::views
