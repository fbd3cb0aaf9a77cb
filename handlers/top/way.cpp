#include "handlers/top/way.h"

#include "handlers/page/frame.h"

namespace portal::top {

std::string top_link(const Site& site) {
    return site.base_path + "/secure/top/";
}

views::Sentence compute_title() {
    return views::sentence("Cores, memory and GPUs");
}

views::Sentence days_title() {
    return views::sentence("Waste over days");
}

views::Sentence growth_title() {
    return views::sentence("Growth of storage");
}

views::Sentence large_jobs_title() {
    return views::sentence("Large memory nodes");
}

views::Sentence lustre_title() {
    return views::sentence("File systems");
}

views::Frame frame_below_top(const Visit& visit, Context& context, views::Sentence title) {
    views::Frame frame = frame_of(visit, context.site, context.clock.now(), "");
    frame.crumbs = {{views::sentence("Top users"), top_link(context.site)}, {std::move(title), {}}};
    return frame;
}

}  // namespace portal::top
