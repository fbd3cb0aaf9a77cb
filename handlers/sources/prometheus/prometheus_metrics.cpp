#include "handlers/sources/prometheus/prometheus_metrics.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "fcgi/base/log.h"
#include "fcgi/base/url.h"
#include "handlers/sources/prometheus/answer/answer.h"

namespace portal::prometheus {
namespace {

constexpr std::size_t kLongestAnswer = std::size_t{256} << 20U;
/// Answers longer than this are not kept: they would drive out many others.
constexpr std::size_t kLongestKept = std::size_t{64} << 10U;
constexpr std::string_view kInstantPath = "/api/v1/query";
constexpr std::string_view kRangePath = "/api/v1/query_range";

std::string without_slash(std::string url) {
    while (!url.empty() && url.back() == '/') url.pop_back();
    return url;
}

http::ClientSettings client_settings(const Settings& settings) {
    http::ClientSettings result;
    result.ca_file = settings.ca_file;
    result.verify_tls = settings.verify_tls;
    result.user = settings.user;
    result.password = settings.password;
    result.bearer = settings.bearer;
    result.probe = {.url = without_slash(settings.url) + std::string(kInstantPath),
                    .form = "query=time()",
                    .take = {}};
    return result;
}

std::string read_matchers(const std::string& configured) {
    promql::SiteMatchers matchers = promql::parse_site_matchers(configured);
    if (!matchers.valid) {
        throw std::invalid_argument("prometheus matcher: expected label=\"value\", ...");
    }
    return std::move(matchers.text);
}

std::string form_of(const std::string& query, const Grid& grid, Milliseconds time) {
    std::string form = "query=" + url::encode(query);
    if (grid.instant()) {
        form += "&time=" + std::to_string(unix_seconds(grid.start));
    } else {
        form += "&start=" + std::to_string(unix_seconds(grid.start));
        form += "&end=" + std::to_string(unix_seconds(grid.last()));
        form += "&step=" + std::to_string(grid.step.count());
    }
    const auto limit =
        static_cast<Milliseconds::rep>(static_cast<double>(time.count()) * kTimeOfServer);
    form += "&timeout=" + std::to_string(std::max<Milliseconds::rep>(limit, 1)) + "ms";
    return form;
}

bool is_success(int status) {
    return status >= 200 && status < 300;
}

SourceError error(Fault fault, std::string detail) {
    return {SourceId::Prometheus, fault, std::move(detail)};
}

/// A warning that series or samples are missing: a store of Thanos or VictoriaMetrics is away, or a
/// remote read failed. Sums over what is left would look like low use, so such an answer does not
/// count. Annotations of the query itself are not gaps.
const std::string* gap_in(const SeriesSet& set) {
    const auto found =
        std::find_if(set.warnings.begin(), set.warnings.end(),
                     [](const std::string& text) { return !text.starts_with("PromQL "); });
    return found == set.warnings.end() ? nullptr : &*found;
}

}  // namespace

struct PrometheusMetrics::Pending {
    explicit Pending(const Grid& wanted) : parser(wanted), grid(wanted) {}

    AnswerParser parser;
    Grid grid;
    std::string query;
    std::string key;    ///< under which its answer is kept; empty: it is not
    std::string bytes;  ///< of the answer, as long as they may be kept
    http::Transfer transfer;
    bool was_kept = false;
    bool collected = false;
};

PrometheusMetrics::PrometheusMetrics(const Settings& settings, const SourceTerms& terms,
                                     std::optional<KeptAnswers> kept)
    : settings_(settings),
      site_matchers_(read_matchers(settings.matcher)),
      cloud_matchers_(read_matchers(settings.cloud_matcher)),
      client_(client_settings(settings), SourceId::Prometheus, terms),
      request_(terms.request),
      kept_(kept) {
    settings_.url = without_slash(settings_.url);
}

PrometheusMetrics::~PrometheusMetrics() = default;

void PrometheusMetrics::notice_request() {
    if (number_ == request_.number) return;
    end_request();
    number_ = request_.number;
}

void PrometheusMetrics::end_request() {
    client_.cancel_all();
    pending_.clear();
}

Ticket PrometheusMetrics::ask(const Question& question) {
    if (question.grid.count == 0) throw std::invalid_argument("a question without points");
    notice_request();
    pending_.push_back(std::make_unique<Pending>(question.grid));
    Pending& pending = *pending_.back();
    pending.query = question.query.text(site_matchers_, cloud_matchers_);
    pending.key = key_of(pending);
    if (!take_kept(pending)) pending.transfer = client_.start(make_request(pending));
    return {pending_.size() - 1};
}

std::string PrometheusMetrics::key_of(const Pending& pending) const {
    const Grid& grid = pending.grid;
    if (!kept_ || grid.last() + kLastSamplesArrive >= kept_->clock.now()) return {};
    return std::to_string(unix_seconds(grid.start)) + ' ' + std::to_string(grid.step.count()) +
           ' ' + std::to_string(grid.count) + ' ' + pending.query;
}

bool PrometheusMetrics::take_kept(Pending& pending) {
    if (pending.key.empty()) return false;
    const auto found = kept_->answers.find(pending.key);
    pending.was_kept = found && pending.parser.feed(*found);
    return pending.was_kept;
}

void PrometheusMetrics::keep(const Pending& pending, const Result<SeriesSet>& result) {
    const bool whole = result.ok() && result.value().warnings.empty() &&
                       !result.value().series.empty() && pending.bytes.size() <= kLongestKept;
    if (whole && !pending.key.empty()) kept_->answers.keep(pending.key, pending.bytes);
}

http::Request PrometheusMetrics::make_request(Pending& pending) const {
    const Milliseconds time = std::min(settings_.timeout, request_.deadline.left());
    http::Request request;
    request.url = settings_.url;
    request.url += pending.grid.instant() ? kInstantPath : kRangePath;
    request.form = form_of(pending.query, pending.grid, time);
    request.timeout = settings_.timeout;
    request.most_bytes = kLongestAnswer;
    request.take = [&pending](std::string_view piece) {
        if (!pending.key.empty() && pending.bytes.size() <= kLongestKept) pending.bytes += piece;
        return pending.parser.feed(piece);
    };
    return request;
}

Result<SeriesSet> PrometheusMetrics::collect(Ticket ticket) {
    Pending& pending = *pending_.at(ticket.index);
    if (pending.collected) throw std::logic_error("a ticket was collected twice");
    pending.collected = true;
    if (pending.was_kept) return pending.parser.finish();
    const http::Outcome outcome = client_.wait(pending.transfer);
    Result<SeriesSet> result = answer(pending, outcome);
    note(pending, outcome, result);
    keep(pending, result);
    client_.count(outcome, result.ok() ? std::nullopt : std::optional(result.error().fault));
    // The rows are the caller's now; the text of the question is all that is left here.
    pending.parser = AnswerParser(Grid{});
    return result;
}

Result<SeriesSet> PrometheusMetrics::answer(Pending& pending, const http::Outcome& outcome) {
    const bool refused = outcome.status != 0 && !is_success(outcome.status);
    if (!refused && outcome.fault) return error(*outcome.fault, outcome.detail);
    Result<SeriesSet> result = pending.parser.finish();
    if (!refused) {
        const std::string* gap = result.ok() ? gap_in(result.value()) : nullptr;
        return gap == nullptr ? std::move(result) : error(Fault::Rejected, "partial: " + *gap);
    }
    const bool says_why = !result.ok() && says_it_is_there(result.error().fault);
    std::string detail = "HTTP " + std::to_string(outcome.status);
    if (says_why) detail += ", " + result.error().detail;
    return error(says_why ? result.error().fault : Fault::Rejected, std::move(detail));
}

/// The bench replays the queries of these lines.
void PrometheusMetrics::note(const Pending& pending, const http::Outcome& outcome,
                             const Result<SeriesSet>& result) const {
    if (result.ok()) {
        log::write(log::Level::Debug, "prometheus_query",
                   {{"query", pending.query},
                    {"start", unix_seconds(pending.grid.start)},
                    {"end", unix_seconds(pending.grid.last())},
                    {"step", std::int64_t{pending.grid.step.count()}},
                    {"ms", std::int64_t{outcome.took.count()}},
                    {"bytes", std::uint64_t{outcome.bytes}},
                    {"series", std::uint64_t{result.value().series.size()}}});
        for (const std::string& warning : result.value().warnings) {
            log::write(log::Level::Warning, "prometheus_warning",
                       {{"text", warning}, {"query", pending.query}});
        }
        return;
    }
    log::write(log::Level::Warning, "prometheus_failed",
               {{"fault", fault_name(result.error().fault)},
                {"detail", result.error().detail},
                {"ms", std::int64_t{outcome.took.count()}},
                {"bytes", std::uint64_t{outcome.bytes}},
                {"query", pending.query}});
}

}  // namespace portal::prometheus
