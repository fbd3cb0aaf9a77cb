#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/text.h"
#include "fcgi/base/url.h"
#include "tests/fakes/scripted_server.h"

using namespace portal;
using fakes::Script;

namespace {

constexpr const char* kUsage =
    "usage: scripted-server --port N --control N [--upstream N] [--delay MS] [--kind KIND]\n"
    "Plays an HTTP server on 127.0.0.1:port that answers, proxies to 127.0.0.1:upstream, or "
    "fails.\n"
    "127.0.0.1:control takes  /play?kind=KIND&delay=MS&status=N&body=TEXT&match=TEXT\n"
    "(match: only requests whose decoded body has this text; the others are proxied or answered)\n"
    "and /seen (JSON counts), /forget (counts from 0).\n"
    "KIND: answer refuse hang drip cut-off nonsense unavailable drop drop-kept proxy\n";

using Fields = std::map<std::string, std::string>;

unsigned number(const Fields& fields, const std::string& name, unsigned fallback) {
    const auto found = fields.find(name);
    if (found == fields.end()) return fallback;
    const auto value = text::parse_unsigned(found->second, 1'000'000);
    if (!value) throw std::invalid_argument("not a number: " + name);
    return static_cast<unsigned>(*value);
}

/// What the server does when nothing is wrong: proxy if there is an upstream.
Script healthy(const Fields& arguments) {
    Script script;
    script.upstream_port = static_cast<std::uint16_t>(number(arguments, "upstream", 0));
    if (script.upstream_port != 0) script.kind = Script::Kind::Proxy;
    script.delay = Milliseconds{number(arguments, "delay", 0)};
    return script;
}

Script scripted(const Fields& fields, Script script) {
    if (const auto kind = fields.find("kind"); kind != fields.end()) {
        script.kind = fakes::script_kind(kind->second);
    }
    if (const auto body = fields.find("body"); body != fields.end()) script.body = body->second;
    script.status = static_cast<int>(number(fields, "status", 200));
    script.delay =
        Milliseconds{number(fields, "delay", static_cast<unsigned>(script.delay.count()))};
    return script;
}

/// Path and query of the first line of a request.
std::string target_of(const std::string& request) {
    const auto first = request.find(' ') + 1;
    return request.substr(first, request.find(' ', first) - first);
}

std::string reply(fakes::ScriptedServer& server, const Fields& arguments,
                  const std::string& request) {
    const std::string target = target_of(request);
    const auto mark = target.find('?');
    const std::string path = target.substr(0, mark);
    if (path == "/seen") {
        const fakes::Sightings seen = server.seen();
        return "{\"requests\":" + std::to_string(seen.requests) +
               ",\"connections\":" + std::to_string(seen.connections) +
               ",\"most_open\":" + std::to_string(seen.most_open) + "}";
    }
    if (path == "/forget") {
        server.forget();
        return "{}";
    }
    if (path != "/play") throw std::invalid_argument("no such path");
    Fields fields;
    if (mark != std::string::npos) {
        const auto pairs = url::parse_query(std::string_view(target).substr(mark + 1));
        if (!pairs) throw std::invalid_argument("not a query");
        fields.insert(pairs->begin(), pairs->end());
    }
    const Script script = scripted(fields, healthy(arguments));
    const auto match = fields.find("match");
    if (match == fields.end()) {
        server.play(script);
        return "{}";
    }
    server.play([script, other = healthy(arguments), part = match->second](const std::string& one) {
        const auto body = url::decode(std::string_view(one).substr(one.find("\r\n\r\n") + 4));
        const bool matches = body.value_or(one).find(part) != std::string::npos;
        return matches ? script : other;
    });
    return "{}";
}

Fields read_arguments(const std::vector<std::string>& words) {
    Fields arguments;
    for (std::size_t i = 0; i < words.size(); i += 2) {
        if (words[i].substr(0, 2) != "--" || i + 1 == words.size()) {
            throw std::invalid_argument(kUsage);
        }
        arguments[words[i].substr(2)] = words[i + 1];
    }
    return arguments;
}

void run(const Fields& arguments) {
    // Threads inherit it, so the signals come to sigwait alone.
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    sigprocmask(SIG_BLOCK, &stops, nullptr);

    fakes::ScriptedServer server(static_cast<std::uint16_t>(number(arguments, "port", 0)));
    server.play(scripted(arguments, healthy(arguments)));
    fakes::ScriptedServer control(static_cast<std::uint16_t>(number(arguments, "control", 0)));
    control.play([&](const std::string& request) {
        try {
            return Script{.body = reply(server, arguments, request)};
        } catch (const std::exception& error) {
            return Script{.status = 400, .body = error.what()};
        }
    });
    std::printf("{\"port\":%u,\"control\":%u}\n", unsigned{server.port()},
                unsigned{control.port()});
    std::fflush(stdout);
    int signal = 0;
    sigwait(&stops, &signal);
}

}  // namespace

int main(int count, char** words) {
    try {
        run(read_arguments(std::vector<std::string>(words + 1, words + count)));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 2;
    }
    return 0;
}
