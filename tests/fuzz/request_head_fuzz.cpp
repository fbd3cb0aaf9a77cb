#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fcgi/base/text.h"
#include "fcgi/http/request_parser.h"
#include "fcgi/http/response_writer.h"
#include "fcgi/server/body_reader.h"
#include "fcgi/server/head_gate.h"

using namespace portal;

namespace {

RequestRules site() {
    RequestRules rules;
    rules.identity.auth_types = {"shibboleth"};
    rules.identity.domains = {"alliancecan.ca"};
    rules.identity.staff = {"staff@alliancecan.ca"};
    rules.base_path = "/portal";
    return rules;
}

/// NAME=value lines as FastCGI parameters.
Parameters parameters_of(std::string_view text) {
    Parameters parameters;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        const auto equals = line.find('=');
        if (equals == std::string_view::npos) continue;
        parameters.try_emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    return parameters;
}

}  // namespace

/// Whatever a web server passes on, a request comes out that can be answered: a path that begins
/// with a slash, an id that fits into a header, no identity without its own parameter. The bytes
/// are also read as FastCGI records.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Parameters parameters = parameters_of(text);
    const ParsedRequest parsed = parse_request(parameters, site());
    if (parsed.request.path.empty() || parsed.request.path.front() != '/') std::abort();
    if (!text::is_utf8(parsed.request.path) || parsed.request.id.empty()) std::abort();
    const bool signed_in = parsed.request.identity.sign_in == SignIn::Accepted;
    if (signed_in && parameter_value(parameters, "REMOTE_USER").empty()) std::abort();
    Response response;
    response.headers = {{"ETag", "\"tag\""}};
    if (cgi_answer(parsed.request, response).head.rfind("Status: ", 0) != 0) std::abort();
    HeadScanner scanner;
    const bool complete = scanner.feed(text) == HeadScanner::State::Complete;
    if (scanner.size() > text.size()) std::abort();
    HeadScanner slow;
    for (std::size_t i = 0; i < text.size(); ++i) static_cast<void>(slow.feed(text.substr(i, 1)));
    if (complete != (slow.feed({}) == HeadScanner::State::Complete)) std::abort();
    if (complete && slow.size() != scanner.size()) std::abort();
    if (!complete) return 0;
    BodyReader body(scanner.request());
    const std::string read = body.feed(text.substr(scanner.size()));
    if (read.size() > text.size()) std::abort();
    return 0;
}
