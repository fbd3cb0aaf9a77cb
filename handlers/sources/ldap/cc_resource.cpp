#include "handlers/sources/ldap/cc_resource.h"

#include <algorithm>
#include <cmath>

#include "fcgi/base/log.h"
#include "fcgi/base/text.h"

namespace portal::ldap {
namespace {

constexpr double kMillion = 1e6;
/// Below 2^63, so that the product fits.
constexpr double kMostTebi = 8e6;
constexpr double kMostNumber = 1e15;

/// A number that makes sense as an amount.
std::optional<double> amount(std::string_view text, double most) {
    const auto number = text::parse_decimal(text::trim(text));
    return number && *number >= 0 && *number <= most ? number : std::nullopt;
}

std::optional<Bytes> tebibytes(std::string_view text) {
    const auto number = amount(text, kMostTebi);
    if (!number) return std::nullopt;
    return Bytes{static_cast<std::uint64_t>(std::llround(*number * kTebibyte))};
}

void read_storage(AllocatedResources& resources, std::string_view key, std::string_view number) {
    if (key == "project_storage_tb") {
        resources.project_storage = tebibytes(number);
        if (!resources.project_storage) resources.project_unreadable = true;
    }
    if (key == "nearline_storage_tb") {
        resources.nearline_storage = tebibytes(number);
        if (!resources.nearline_storage) resources.nearline_unreadable = true;
    }
    if (key == "inode_quota") {
        const auto millions = amount(number, kMostNumber);
        if (millions) resources.project_inodes = *millions * kMillion;
        if (!millions) resources.project_unreadable = true;
    }
}

bool is_amount_key(std::string_view key) {
    return key == "project_storage_tb" || key == "nearline_storage_tb" || key == "inode_quota" ||
           key == "core_equivalent" || key == "gpu_equivalent";
}

/// The log tells of an amount that cannot be read.
void tell_unreadable(std::string_view key, std::string_view number) {
    const double most = key.ends_with("_tb") ? kMostTebi : kMostNumber;
    if (!is_amount_key(key) || amount(number, most)) return;
    log::write(log::Level::Information, "ldap.amount_unreadable",
               {{"key", key}, {"value", text::to_utf8(number)}});
}

/// What a resource's name says of its keys.
enum class Kind { Other, Storage, Cores, Gpus };

Kind kind_of(std::string_view name, std::string_view storage, std::string_view compute) {
    if (!storage.empty() && name == storage) return Kind::Storage;
    if (compute.empty() || name.substr(0, compute.size()) != compute) return Kind::Other;
    const std::string_view suffix = name.substr(compute.size());
    if (suffix == "-compute") return Kind::Cores;
    return suffix == "-gpu" ? Kind::Gpus : Kind::Other;
}

void read_field(AllocatedResources& resources, Kind kind, std::string_view field) {
    const auto equals = field.find('=');
    if (equals == std::string_view::npos) return;
    const std::string_view key = text::trim(field.substr(0, equals));
    const std::string_view number = field.substr(equals + 1);
    tell_unreadable(key, number);
    if (kind == Kind::Storage) read_storage(resources, key, number);
    if (kind == Kind::Cores && key == "core_equivalent") {
        resources.core_equivalent = amount(number, kMostNumber);
    }
    if (kind == Kind::Gpus && key == "gpu_equivalent") {
        resources.gpu_equivalent = amount(number, kMostNumber);
    }
}

/// The text up to the next colon, which is taken from `rest`.
std::string_view next_field(std::string_view& rest) {
    const auto colon = rest.find(':');
    const std::string_view field = rest.substr(0, colon);
    rest = colon == std::string_view::npos ? std::string_view{} : rest.substr(colon + 1);
    return field;
}

bool contains(std::string_view text, std::string_view word) {
    return text.find(word) != std::string_view::npos;
}

template <class T>
void keep_larger(std::optional<T>& into, const std::optional<T>& other) {
    if (other && (!into || *into < *other)) into = other;
}

}  // namespace

std::optional<AllocatedResources> parse_cc_resource(std::string_view value,
                                                    std::string_view storage,
                                                    std::string_view compute) {
    if (contains(value, "expired") || contains(value, "startdate")) return std::nullopt;
    next_field(value);
    const Kind kind = kind_of(text::trim(next_field(value)), storage, compute);
    if (kind == Kind::Other) return std::nullopt;
    AllocatedResources resources;
    while (!value.empty()) read_field(resources, kind, next_field(value));
    return resources;
}

void merge_resources(AllocatedResources& into, const AllocatedResources& other) {
    keep_larger(into.core_equivalent, other.core_equivalent);
    keep_larger(into.gpu_equivalent, other.gpu_equivalent);
    keep_larger(into.project_storage, other.project_storage);
    keep_larger(into.project_inodes, other.project_inodes);
    keep_larger(into.nearline_storage, other.nearline_storage);
    into.project_unreadable = into.project_unreadable || other.project_unreadable;
    into.nearline_unreadable = into.nearline_unreadable || other.nearline_unreadable;
}

}  // namespace portal::ldap
