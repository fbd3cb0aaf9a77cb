#include "views/parts/jobs/waste.h"

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

}  // namespace portal::views
