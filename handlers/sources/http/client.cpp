#include "handlers/sources/http/client.h"

#include <curl/curl.h>

#include <algorithm>
#include <deque>
#include <stdexcept>
#include <vector>

#include "handlers/sources/http/curl_handles.h"
#include "handlers/sources/shared_gate.h"

namespace portal::http {
namespace {

using SteadyTime = Deadline::SteadyTime;

/// A worker that was busy elsewhere gets this much time to read what has arrived meanwhile.
constexpr Milliseconds kGrace{200};
/// With less time than this a request is not sent at all.
constexpr Milliseconds kShortest{10};
constexpr int kMostPushes = 4;

struct Running {
    Request request;
    SteadyTime started{};
    SteadyTime expires{};
    Easy easy;  ///< empty while in line and when over
    bool over = false;
    bool taker_stopped = false;
    Outcome outcome;
};

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == '\x7f'; });
}

bool plain_url(std::string_view url) {
    const bool scheme = url.substr(0, 7) == "http://" || url.substr(0, 8) == "https://";
    return scheme && !has_control(url) && url.find(' ') == std::string_view::npos;
}

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* user) {
    Running& running = *static_cast<Running*>(user);
    const std::size_t length = size * count;
    running.outcome.bytes += length;
    if (running.outcome.bytes > running.request.most_bytes) return 0;
    if (running.request.take && !running.request.take(std::string_view(data, length))) {
        running.taker_stopped = true;
        return 0;
    }
    return length;
}

Fault fault_of(CURLcode code, const Running& running) {
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return Fault::Timeout;
        case CURLE_PARTIAL_FILE:
        case CURLE_WRITE_ERROR:
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_BAD_CONTENT_ENCODING:
        case CURLE_OUT_OF_MEMORY:
            return Fault::Malformed;
        default:
            return running.outcome.status != 0 ? Fault::Malformed : Fault::Unreachable;
    }
}

}  // namespace

struct Client::State {
    ClientSettings settings;
    SharedGate gate;
    Library library;
    HeaderList headers;
    // Declared before the transfers: they leave it before it goes.
    Multi multi;
    std::vector<std::unique_ptr<Running>> transfers;
    std::vector<Easy> spare;
    std::deque<Running*> in_line;
    std::size_t under_way = 0;
    SteadyTime last_drive{};

    State(const ClientSettings& wanted, SourceId source, const SourceTerms& terms);
    [[nodiscard]] Running& add_probe();
    void dispatch(Running& running);
    void detach(Running& running);
    void finish(Running& running, CURLcode code);
    void give_up(Running& running, const char* why);
    void fill();
    void perform();
    void push();
    void read_messages();
    void extend_after_pause(SteadyTime now);
    void expire(SteadyTime now);
    [[nodiscard]] Milliseconds next_expiry(SteadyTime now) const;
};

Client::State::State(const ClientSettings& wanted, SourceId source, const SourceTerms& terms)
    : settings(wanted), gate(terms, source) {
    if (has_control(settings.bearer.value) || has_control(settings.user) ||
        has_control(settings.password.value) || has_control(settings.ca_file)) {
        throw std::invalid_argument("a control character in the settings of an HTTP source");
    }
    multi.reset(curl_multi_init());
    if (!multi) throw std::runtime_error("curl_multi_init failed");
    const auto most = static_cast<long>(settings.in_flight);
    curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, most);
    curl_multi_setopt(multi.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
    // Without this libcurl asks for leave before it sends a long form.
    headers.reset(curl_slist_append(nullptr, "Expect:"));
    if (settings.user.empty() && !settings.bearer.value.empty()) {
        const std::string line = "Authorization: Bearer " + settings.bearer.value;
        // The list keeps its head when it grows.
        curl_slist_append(headers.get(), line.c_str());
    }
}

/// The portal's own question, not yet sent.
Running& Client::State::add_probe() {
    const SteadyTime now = std::chrono::steady_clock::now();
    auto running = std::make_unique<Running>();
    running->started = now;
    running->expires = std::min(now + gate.patience(), gate.deadline().end());
    running->request = settings.probe;
    transfers.push_back(std::move(running));
    return *transfers.back();
}

void Client::State::dispatch(Running& running) {
    if (spare.empty()) {
        running.easy = make_easy(settings, headers.get());
        curl_easy_setopt(running.easy.get(), CURLOPT_WRITEFUNCTION, &take_body);
    } else {
        running.easy = std::move(spare.back());
        spare.pop_back();
    }
    CURL* const handle = running.easy.get();
    curl_easy_setopt(handle, CURLOPT_URL, running.request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, running.request.form.data());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(running.request.form.size()));
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &running);
    curl_easy_setopt(handle, CURLOPT_PRIVATE, &running);
    curl_multi_add_handle(multi.get(), handle);
    ++under_way;
}

/// Takes the handle back; libcurl closes the connection if its answer was not read to the end.
void Client::State::detach(Running& running) {
    if (!running.easy) return;
    curl_multi_remove_handle(multi.get(), running.easy.get());
    spare.push_back(std::move(running.easy));
    --under_way;
}

void Client::State::finish(Running& running, CURLcode code) {
    long status = 0;
    curl_easy_getinfo(running.easy.get(), CURLINFO_RESPONSE_CODE, &status);
    running.outcome.status = static_cast<int>(status);
    if (code != CURLE_OK) {
        running.outcome.fault = fault_of(code, running);
        running.outcome.detail = curl_easy_strerror(code);
        if (running.taker_stopped) running.outcome.detail = "stopped while reading the body";
        if (running.outcome.bytes > running.request.most_bytes) {
            running.outcome.detail = "body too large";
        }
    } else {
        gate.answered();
    }
    detach(running);
    running.over = true;
    running.outcome.took = std::chrono::duration_cast<Milliseconds>(
        std::chrono::steady_clock::now() - running.started);
}

void Client::State::give_up(Running& running, const char* why) {
    detach(running);
    std::erase(in_line, &running);
    running.over = true;
    running.outcome.fault = Fault::Timeout;
    running.outcome.detail = why;
    running.outcome.took = std::chrono::duration_cast<Milliseconds>(
        std::chrono::steady_clock::now() - running.started);
}

void Client::State::fill() {
    while (!in_line.empty() && under_way < settings.in_flight) {
        Running& next = *in_line.front();
        in_line.pop_front();
        if (next.expires < std::chrono::steady_clock::now() + kShortest) {
            give_up(next, "no turn in time");
        } else {
            dispatch(next);
        }
    }
}

void Client::State::perform() {
    fill();
    int running = 0;
    curl_multi_perform(multi.get(), &running);
    read_messages();
    // What has just become free is used at once.
    if (!in_line.empty() && under_way < settings.in_flight) {
        fill();
        curl_multi_perform(multi.get(), &running);
        read_messages();
    }
    last_drive = std::chrono::steady_clock::now();
}

/// A new connection to a server nearby is there at once, but takes more than one round to be used.
void Client::State::push() {
    int ready = 1;
    for (int round = 0; round < kMostPushes && ready > 0; ++round) {
        perform();
        curl_multi_poll(multi.get(), nullptr, 0, 0, &ready);
    }
}

void Client::State::read_messages() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const CURLcode code = message->data.result;
        void* owner = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
        finish(*static_cast<Running*>(owner), code);
    }
}

/// An answer that came while the worker waited for something else is not a late one.
void Client::State::extend_after_pause(SteadyTime now) {
    const auto pause = std::min<SteadyTime::duration>(now - last_drive, kGrace);
    for (const auto& one : transfers) {
        if (one->over) continue;
        const SteadyTime extended = std::min(now + pause, gate.deadline().end());
        one->expires = std::max(one->expires, extended);
    }
}

void Client::State::expire(SteadyTime now) {
    for (const auto& one : transfers) {
        if (one->over || one->expires > now) continue;
        give_up(*one, one->easy ? "no whole answer in time" : "no turn in time");
    }
}

Milliseconds Client::State::next_expiry(SteadyTime now) const {
    SteadyTime first = now + Milliseconds{1000};
    for (const auto& one : transfers) {
        if (!one->over) first = std::min(first, one->expires);
    }
    const auto wait = std::chrono::ceil<Milliseconds>(first - now);
    return std::max(wait, Milliseconds{0});
}

Client::Client(const ClientSettings& settings, SourceId source, const SourceTerms& terms)
    : state_(std::make_unique<State>(settings, source, terms)) {}

Client::~Client() {
    cancel_all();
}

Transfer Client::start(Request request) {
    if (!plain_url(request.url)) throw std::invalid_argument("not a plain http or https address");
    const SteadyTime now = std::chrono::steady_clock::now();
    auto running = std::make_unique<Running>();
    running->started = now;
    State& state = *state_;
    running->expires = std::min(now + request.timeout, state.gate.deadline().end());
    running->request = std::move(request);
    if (!state.gate.enter() || !probe()) {
        running->over = true;
        running->outcome = {
            .fault = Fault::Unreachable, .refused = true, .detail = "left alone after failures"};
        state.transfers.push_back(std::move(running));
        return {state.transfers.size() - 1};
    }
    if (unfinished() == 0) state.last_drive = now;
    state.extend_after_pause(now);
    state.in_line.push_back(running.get());
    state.transfers.push_back(std::move(running));
    state.push();
    return {state.transfers.size() - 1};
}

/// False if the server still hangs. Only the one request that has to find out asks.
bool Client::probe() {
    State& state = *state_;
    if (!state.gate.probes() || state.settings.probe.url.empty()) return true;
    if (unfinished() == 0) state.last_drive = std::chrono::steady_clock::now();
    state.in_line.push_back(&state.add_probe());
    const Transfer transfer{state.transfers.size() - 1};
    static_cast<void>(wait_until(transfer, SteadyTime::max()));
    const Outcome& outcome = state.transfers.back()->outcome;
    return state.gate.probed(outcome.fault, outcome.took);
}

/// While nothing comes: a server that is only busy answers the portal's own question.
void Client::look_for_life() {
    State& state = *state_;
    if (state.settings.probe.url.empty() || !state.gate.wants_sign()) return;
    // It does not wait in line behind what it is asked about.
    state.dispatch(state.add_probe());
}

Outcome Client::wait(Transfer transfer) {
    const SteadyTime begun = std::chrono::steady_clock::now();
    State& state = *state_;
    Running& wanted = *state.transfers.at(transfer.index);
    while (!wait_until(transfer, state.gate.next_look())) {
        if (state.gate.gives_up()) state.give_up(wanted, "others wait for it as well");
        if (!wanted.over) look_for_life();
    }
    Outcome outcome = std::move(wanted.outcome);
    if (!outcome.refused) {
        // While the worker waited for another source, this one held up nobody.
        const auto waited =
            std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begun);
        const bool we_stopped = wanted.taker_stopped || outcome.bytes > wanted.request.most_bytes;
        state.gate.judge(we_stopped ? std::nullopt : outcome.fault, std::min(outcome.took, waited),
                         wanted.request.timeout);
    }
    state.gate.leave();
    return outcome;
}

void Client::count(const Outcome& outcome, std::optional<Fault> fault) const {
    if (!outcome.refused) state_->gate.count(fault, outcome.took);
}

bool Client::wait_until(Transfer transfer, SteadyTime until) {
    State& state = *state_;
    Running& wanted = *state.transfers.at(transfer.index);
    if (!wanted.over) state.extend_after_pause(std::chrono::steady_clock::now());
    while (!wanted.over) {
        state.perform();
        if (wanted.over) break;
        const SteadyTime now = std::chrono::steady_clock::now();
        state.expire(now);
        if (wanted.over || now >= until) break;
        const auto left = std::chrono::ceil<Milliseconds>(until - now);
        const Milliseconds pause = std::min(state.next_expiry(now), left);
        curl_multi_poll(state.multi.get(), nullptr, 0, static_cast<int>(pause.count()), nullptr);
    }
    return wanted.over;
}

void Client::drive() {
    state_->extend_after_pause(std::chrono::steady_clock::now());
    state_->push();
    state_->expire(std::chrono::steady_clock::now());
}

void Client::cancel_all() {
    State& state = *state_;
    for (const auto& one : state.transfers) state.detach(*one);
    state.in_line.clear();
    state.transfers.clear();
    state.gate.settle();
}

std::size_t Client::unfinished() const {
    return state_->in_line.size() + state_->under_way;
}

}  // namespace portal::http
