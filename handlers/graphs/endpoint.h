#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/http/http_error.h"
#include "fcgi/http/request.h"
#include "fcgi/http/response.h"
#include "fcgi/http/response_writer.h"
#include "handlers/graphs/family.h"
#include "handlers/page/errors.h"
#include "handlers/visit.h"

/// handlers/graphs is the one graph engine. Here live the tables' types (family.h), the endpoint
/// that every graph URL of every module goes through, and what it is made of: the points in time,
/// gauges that count absence as zero, folding, JSON. It includes Prometheus as the handlers see it,
/// and the page folder for ranges and errors. Nothing of a single module belongs here: families of
/// graphs stand in the module's folder, their words with its page in views.
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

/// What all graphs of a page have in common.
template <class Subject>
struct Page {
    const Families<Subject>& families;
    const RangePresets& ranges;
    /// What the address names. Throws HttpError 404 if there is no such thing. Errors: any Fault.
    Result<Subject> (*subject)(const Visit&, Context&);
    State (*state)(const Subject&, const Site&, Instant now) = nullptr;
};

/// Whether the address asks for every series (`series=all`), for one of each node (`series=nodes`)
/// or a summary. Throws HttpError 400 if it asks for anything else.
[[nodiscard]] Detail detail_of(const Request& request);

/// Leaves the graphs that `slug` means: all of the family, or the one of that name; folds those of
/// many lines unless all are asked for.
[[nodiscard]] std::vector<Graph> shown(std::vector<Graph> graphs, std::string_view slug,
                                       std::string_view family, std::span<const Row> rows,
                                       const Ask& ask);

/// All that an answer depends on, as text; empty if the subject has no version.
[[nodiscard]] std::string key_of(const Request& request, const State& state, const Ask& ask);
/// The ETag of an answer with that key; empty without one.
[[nodiscard]] std::string etag_of(const std::string& key);

/// 200 with the JSON. ETag unless `etag` is empty, and Cache-Control private for `fresh`; an answer
/// with notices is not kept.
[[nodiscard]] Response respond(const Answer& answer, const std::string& etag, Seconds fresh);
[[nodiscard]] Response respond(std::string json, const std::string& etag, Seconds fresh);
/// Whether others may get it: it has a line, and nothing had to be said.
[[nodiscard]] bool may_be_kept(const Answer& answer);
/// 304 for a browser that has it.
[[nodiscard]] Response not_modified(const std::string& etag, Seconds fresh);

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

/// The whole way of a graph URL: family, subject, range, grid, ETag, question, folding, response.
template <class Subject>
[[nodiscard]] Response answer(const Page<Subject>& page, std::string_view slug, const Visit& visit,
                              Context& context) {
    const Request& request = visit.request;
    const Site& site = context.site;
    const Instant now = context.clock.now();
    const Family<Subject>& family = find_family(page.families, slug, site);
    const Detail detail = detail_of(request);
    if (detail == Detail::Nodes && !family.has_nodes()) throw HttpError(400, "");
    const auto subject = page.subject(visit, context);
    if (!subject.ok()) return source_missing_json(subject.error());
    if (family.fits != nullptr && !family.fits(subject.value(), site)) throw HttpError(404, "");
    State state = page.state == nullptr ? State{} : page.state(subject.value(), site, now);
    const RangePresets& presets = family.ranges == nullptr ? page.ranges : *family.ranges;
    const TimeRange range =
        state.whole ? range_of(request, *state.whole) : page_range(request, now, presets);
    const Seconds interval = family.exporter(site.exporters).interval;
    const Ask ask{range, grid_for(range, interval), interval, detail, site, family.alone(slug)};
    const std::string key = key_of(request, state, ask);
    const std::string etag = etag_of(key);
    const Seconds fresh = state.settled ? Seconds{0} : interval;
    if (!etag.empty() && etag_matches(request, etag)) return not_modified(etag, fresh);
    if (state.settled) {
        if (auto kept = context.settled.find(key)) return respond(std::move(*kept), etag, fresh);
    }

    auto found = state.sampled ? family.drawn(subject.value(), ask, context)
                               : Drawn{blank_graphs(family.graphs)};
    if (!found.ok()) return source_missing_json(found.error());
    Drawn drawn = std::move(found).value();
    std::move(drawn.notices.begin(), drawn.notices.end(), std::back_inserter(state.notices));
    const Answer whole{range,
                       state.running,
                       ask.grid,
                       shown(std::move(drawn.graphs), slug, family.slug, family.graphs, ask),
                       std::move(state.notices),
                       drawn.newest};
    Response response = respond(whole, etag, fresh);
    if (state.settled && may_be_kept(whole)) context.settled.keep(key, response.body);
    return response;
}

}  // namespace portal::graph
