#include "handlers/usersummary/settings.h"

#include <utility>

#include "fcgi/config/section.h"
#include "handlers/site.h"
#include "handlers/sources/prometheus/promql.h"

namespace portal {
namespace {

using config::Key;
using config::Presence;
using config::Value;

constexpr auto kRequired = Presence::Required;
constexpr auto kOptional = Presence::Optional;

std::string label_name(const Value& value) {
    if (!promql::LabelName::parse(value.any())) value.fail("a label's name");
    return value.any();
}

constexpr Key<QuotaKind> kQuota[] = {
    {"title", kRequired, nullptr, [](QuotaKind& q) -> LocalText& { return q.title; }},
    {"path", kRequired, [](QuotaKind& q, const Value& v) { q.path = v.text(); }},
    {"label", kOptional, [](QuotaKind& q, const Value& v) { q.label = label_name(v); }},
    {"of", kOptional,
     [](QuotaKind& q, const Value& v) {
         using Owner = QuotaKind::Owner;
         q.owner = v.one_of<Owner>({{"user", Owner::User}, {"allocation", Owner::Allocation}});
     }},
    {"inodes", kOptional, [](QuotaKind& q, const Value& v) { q.inodes = v.number(1, 1e15); }},
    {"gib", kOptional, [](QuotaKind& q, const Value& v) { q.gib = v.number(1e-3, 1e12); }},
};

}  // namespace

void read_quota(const ini::File& file, const ini::Section& section, Site& site) {
    QuotaKind quota;
    quota.name = section.name;
    config::read_section<QuotaKind>(file, section, kQuota, quota);
    site.quotas.push_back(std::move(quota));
}

}  // namespace portal
