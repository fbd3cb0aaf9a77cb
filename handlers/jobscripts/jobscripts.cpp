#include "handlers/jobscripts/jobscripts.h"

#include <algorithm>

#include "fcgi/base/json_writer.h"
#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"
#include "fcgi/http/media_type.h"
#include "handlers/jobscripts/script_input.h"
#include "handlers/page/api.h"

namespace portal::jobscripts {
namespace {

using database::Script;
using database::ScriptVersion;
using database::Stored;

constexpr std::uint32_t kUsualPage = 100;
constexpr std::uint32_t kLongestPage = 1000;
/// A page ends after so many bytes of scripts, whatever its limit.
constexpr std::size_t kLargestPage = std::size_t{16} << 20U;

void write_script(JsonWriter& json, const Script& script) {
    json.begin_object();
    json.key("id_job").value(static_cast<std::int64_t>(script.job.value));
    json.key("submit_script").value(script.bytes);
    json.end_object();
}

Response script_response(int status, const Script& script) {
    JsonWriter json;
    json.reserve(script.bytes.size() + 64);
    write_script(json, script);
    return api_response(status, json.take());
}

/// {"field": ["message"]}, one message a field.
Response field_errors(const std::map<std::string, std::string>& errors) {
    JsonWriter json;
    json.begin_object();
    for (const auto& [field, message] : errors) {
        json.key(field).begin_array();
        json.value(message);
        json.end_array();
    }
    json.end_object();
    return api_response(400, json.take());
}

std::string path_of(const Context& context, JobId id) {
    return context.site.base_path + "/api/jobscripts/" + std::to_string(id.value) + "/";
}

/// POST /api/jobscripts/: stores a script. 201 for a job that had none; 200 if it had one, the same
/// or another, which is kept as an earlier version.
Response create(const Visit& visit, Context& context) {
    if (is_raw(visit.request)) throw HttpError(415, "");
    ReadInput read = read_input(visit, {.id = true, .script = true}, context.site.scripts.largest);
    if (!read.errors.empty()) return field_errors(read.errors);
    const Script script{{*read.input.id}, *std::move(read.input.script)};
    const auto stored = context.portal_db.store(script, visit.client->token);
    if (!stored.ok()) return api_source_missing(stored.error());
    const bool fresh = stored.value() == Stored::New;
    Response response = script_response(fresh ? 201 : 200, script);
    if (fresh) response.headers.emplace_back("Location", path_of(context, script.job));
    return response;
}

bool wants_bytes(const Request& request) {
    const auto wanted = text::split_list(request.accept, ',');
    return std::any_of(wanted.begin(), wanted.end(), [](const std::string& one) {
        return media_type(one) == "application/octet-stream";
    });
}

/// GET /api/jobscripts/{job_id}/: JSON, or the bytes with `Accept: application/octet-stream`.
Response show(const Visit& visit, Context& context) {
    const auto found = context.portal_db.script(visit.captures.job_id);
    if (!found.ok()) return api_source_missing(found.error());
    if (!found.value()) throw HttpError(404, "");
    if (!wants_bytes(visit.request)) return script_response(200, *found.value());
    Response response = api_response(200, found.value()->bytes);
    response.content_type = "application/octet-stream";
    return response;
}

Result<bool> has_script(JobId id, Context& context) {
    const JobId ids[] = {id};
    const auto versions = context.portal_db.versions(ids);
    if (!versions.ok()) return versions.error();
    return !versions.value().empty();
}

/// PUT and PATCH: another script for a job that has one. Bytes sent by PUT are stored even if it
/// has none. Without a script nothing would change, and nothing may be told: a token that may write
/// may not read.
Response replace(const Visit& visit, Context& context) {
    const JobId id = visit.captures.job_id;
    ReadInput read = read_input(visit, {.id = false, .script = true}, context.site.scripts.largest);
    if (read.input.id && *read.input.id != id.value) {
        read.errors["id_job"] = "This is not the job of the address.";
    }
    if (!read.errors.empty()) return field_errors(read.errors);
    const bool creates = is_raw(visit.request) && visit.request.method == Method::Put;
    if (!creates) {
        const auto known = has_script(id, context);
        if (!known.ok()) return api_source_missing(known.error());
        if (!known.value()) throw HttpError(404, "");
    }
    const Script script{id, *std::move(read.input.script)};
    const auto stored = context.portal_db.store(script, visit.client->token);
    if (!stored.ok()) return api_source_missing(stored.error());
    if (!is_raw(visit.request)) return script_response(200, script);
    // The sender has the bytes, and JSON may have no form for them.
    JsonWriter json;
    json.begin_object();
    json.key("id_job").value(static_cast<std::int64_t>(id.value));
    json.end_object();
    return api_response(stored.value() == Stored::New ? 201 : 200, json.take());
}

/// DELETE: the script and its earlier versions.
Response remove(const Visit& visit, Context& context) {
    const auto removed = context.portal_db.remove(visit.captures.job_id);
    if (!removed.ok()) return api_source_missing(removed.error());
    if (!removed.value()) throw HttpError(404, "");
    return api_response(204, "");
}

/// GET /api/: what there is.
Response root(const Visit& visit, Context& context) {
    JsonWriter json;
    json.begin_object();
    json.key("jobscripts")
        .value(visit.request.origin + context.site.base_path + "/api/jobscripts/");
    json.end_object();
    return api_response(200, json.take());
}

/// A whole number of the query; any other value counts as absent.
std::optional<std::uint64_t> query_number(const Request& request, std::string_view name) {
    constexpr std::uint64_t kMost = 4'294'967'295;
    const auto value = request.parameter(name);
    return value ? text::parse_unsigned(*value, kMost) : std::nullopt;
}

/// The requested place in the list.
struct Place {
    std::uint64_t offset = 0;
    std::uint32_t limit = kUsualPage;
    bool paged = false;  ///< a limit was given: the answer is an object that counts
};

Place place_of(const Request& request) {
    Place place;
    const auto limit = query_number(request, "limit");
    place.paged = limit.has_value() && *limit > 0;
    if (place.paged) {
        place.limit = static_cast<std::uint32_t>(std::min<std::uint64_t>(*limit, kLongestPage));
    }
    place.offset = query_number(request, "offset").value_or(0);
    return place;
}

std::string link_to(const Request& request, const Context& context, const Place& place,
                    std::uint64_t offset) {
    return request.origin + context.site.base_path +
           "/api/jobscripts/?limit=" + std::to_string(place.limit) +
           "&offset=" + std::to_string(offset);
}

void write_link(JsonWriter& json, std::string_view key, const std::string& link) {
    json.key(key);
    if (link.empty()) {
        json.null();
    } else {
        json.value(link);
    }
}

/// The texts of some versions, in their order, up to the size of a page; those that went meanwhile
/// are left out.
struct Texts {
    std::vector<Script> scripts;
    std::uint64_t looked_at = 0;
};

Result<Texts> texts_of(const std::vector<ScriptVersion>& versions, Context& context) {
    Texts texts;
    std::size_t size = 0;
    for (const ScriptVersion& version : versions) {
        if (size > kLargestPage) break;
        auto script = context.portal_db.script(version);
        if (!script.ok()) return script.error();
        ++texts.looked_at;
        if (!script.value()) continue;
        size += script.value()->bytes.size();
        texts.scripts.push_back(*std::move(script).value());
    }
    return texts;
}

void write_list(JsonWriter& json, const std::vector<Script>& scripts) {
    json.begin_array();
    for (const Script& script : scripts) write_script(json, script);
    json.end_array();
}

/// GET /api/jobscripts/: current scripts, the one stored last first. With ?limit= an object with
/// count, next and previous; without it a plain list, which ends somewhere too: a Link header names
/// the rest.
Response list(const Visit& visit, Context& context) {
    const Place place = place_of(visit.request);
    const auto page = context.portal_db.list(place.offset, place.limit);
    if (!page.ok()) return api_source_missing(page.error());
    const auto texts = texts_of(page.value().versions, context);
    if (!texts.ok()) return api_source_missing(texts.error());
    const std::uint64_t end = place.offset + texts.value().looked_at;
    const bool more = end < page.value().jobs && texts.value().looked_at > 0;
    const std::string next = more ? link_to(visit.request, context, place, end) : "";
    const std::uint64_t before = place.offset > place.limit ? place.offset - place.limit : 0;
    JsonWriter json;
    if (place.paged) {
        json.begin_object();
        json.key("count").value(static_cast<std::int64_t>(page.value().jobs));
        write_link(json, "next", next);
        write_link(json, "previous",
                   place.offset > 0 ? link_to(visit.request, context, place, before) : "");
        json.key("results");
    }
    write_list(json, texts.value().scripts);
    if (place.paged) json.end_object();
    Response response = api_response(200, json.take());
    if (!next.empty()) response.headers.emplace_back("Link", "<" + next + ">; rel=\"next\"");
    return response;
}

Routes routes() {
    return {
        {Method::Get, "/api/", Access::ApiRead, &root},
        {Method::Get, "/api/jobscripts/", Access::ApiRead, &list},
        {Method::Post, "/api/jobscripts/", Access::ApiWrite, &create, &longest_body},
        {Method::Get, "/api/jobscripts/{job_id}/", Access::ApiRead, &show},
        {Method::Put, "/api/jobscripts/{job_id}/", Access::ApiWrite, &replace, &longest_body},
        {Method::Patch, "/api/jobscripts/{job_id}/", Access::ApiWrite, &replace, &longest_body},
        {Method::Delete, "/api/jobscripts/{job_id}/", Access::ApiAdmin, &remove},
    };
}

}  // namespace

Module module() {
    return {
        .is_on = [](const Site& site) { return site.scripts.enabled; },
        .routes = routes(),
        .sections = {{"jobscripts", config::Naming::Plain, &read_job_scripts}},
    };
}

}  // namespace portal::jobscripts
