#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/http/http_error.h"
#include "fcgi/http/request.h"
#include "fcgi/http/response.h"
#include "handlers/graphs/family.h"
#include "handlers/page/errors.h"
#include "handlers/visit.h"

/// handlers/graphs is the one graph engine. Here live the tables' types (family.h), the endpoint
/// that every graph URL of every module goes through, and what it is made of: the points in time,
/// gauges that count absence as zero, folding, JSON. It may include Prometheus as the handlers
/// see it, and the page folder for ranges and errors. Nothing of a single module belongs here:
/// families of graphs are in the module's folder, their words with its page in views.
namespace portal::graph {

/// What is known of a subject before any source is asked for samples.
struct State {
    std::optional<TimeRange> whole;    ///< graphs end where it does; empty: ranges up to now
    bool running = true;               ///< it may still change
    bool sampled = true;               ///< false: nothing is asked, the notices say why
    std::vector<Notice> notices = {};  ///< to show under the graphs
    std::string version = {};          ///< changes with it; empty: the answers have no ETag
    bool settled = false;              ///< the same version has the same samples for ever
};

/// All graphs of a page.
template <class Subject>
struct Page {
    Families<Subject> families;
    const RangePresets& ranges;
    /// What the address names. Throws HttpError 404 if there is no such thing. Errors: any Fault.
    Result<Subject> (*subject)(const Visit&, Context&);
    State (*state)(const Subject&, const Site&, Instant now) = nullptr;
};

/// The family that a slug names, itself or by one of its graphs. Throws HttpError 404 if the site
/// has no such.
template <class Subject>
[[nodiscard]] const Family<Subject>& find_family(const Families<Subject>& families,
                                                 std::string_view slug, const Site& site) {
    for (const Family<Subject>& family : families) {
        bool found = family.slug == slug;
        for (const Row& row : family.graphs) found = found || row.slug == slug;
        if (found && family.exporter(site.exporters).enabled) return family;
    }
    throw HttpError(404, "");
}

/// The graphs that an address names, whatever they are about.
struct Named {
    std::string_view slug;  ///< the family's own: all of its graphs; else the one of that name
    std::string_view family;
    std::span<const Row> graphs;
    Seconds interval;  ///< of the exporter
    const RangePresets& ranges;
};

/// The way from there, of all graphs but the public ones (handlers/home), whose answers all
/// visitors share: range, grid, ETag, samples, folding, response. `series=all` shows every series,
/// `series=nodes` one for each node. Throws HttpError 400 for any other, and if the graphs are not
/// told by node. An answer with notices is not kept.
[[nodiscard]] Response respond(const Named& named, State state, const Request& request,
                               Context& context,
                               const std::function<Result<Drawn>(const Ask&)>& drawn);

/// The answer to a graph URL.
template <class Subject>
[[nodiscard]] Response answer(const Page<Subject>& page, std::string_view slug, const Visit& visit,
                              Context& context) {
    const Site& site = context.site;
    const Family<Subject>& family = find_family(page.families, slug, site);
    const auto subject = page.subject(visit, context);
    if (!subject.ok()) return source_missing_json(subject.error());
    if (family.fits != nullptr && !family.fits(subject.value(), site)) throw HttpError(404, "");
    const Named named{slug, family.slug, family.graphs, family.exporter(site.exporters).interval,
                      family.ranges == nullptr ? page.ranges : *family.ranges};
    State state =
        page.state == nullptr ? State{} : page.state(subject.value(), site, context.clock.now());
    return respond(named, std::move(state), visit.request, context,
                   [&](const Ask& ask) { return family.drawn(subject.value(), ask, context); });
}

/// The handler of the route `…/graph/{graph}.json` of a page: `&answer_of<&job_graphs>`.
template <auto page>
[[nodiscard]] Response answer_of(const Visit& visit, Context& context) {
    return answer(page(), visit.captures.graph, visit, context);
}

}  // namespace portal::graph
