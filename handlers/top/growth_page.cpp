#include "handlers/top/growth_page.h"

#include <algorithm>
#include <array>

#include "fcgi/base/login.h"
#include "fcgi/http/http_error.h"
#include "handlers/days/sums.h"
#include "handlers/modules.h"
#include "handlers/page/csv_cell.h"
#include "handlers/page/errors.h"
#include "handlers/page/links.h"
#include "handlers/page/page_link.h"
#include "handlers/sources/own/storage/storage_db.h"
#include "handlers/top/columns.h"
#include "handlers/top/way.h"

namespace portal::top {
namespace {

using database::CopyPair;
using database::Growth;
using database::HeldBy;
using views::sentence;
using Weight = views::Notice::Weight;

constexpr std::array<std::string_view, 2> kOfRows = {"by", "sort"};

/// What has become of an owner's storage on one file system.
struct Grower {
    Growth growth;
    database::Day since = 0;
    database::Day until = 0;
    std::string place;  ///< the file system's title

    [[nodiscard]] double bytes() const { return change(growth.then.bytes, growth.now.bytes); }
    [[nodiscard]] double files() const { return change(growth.then.files, growth.now.files); }

 private:
    static double change(std::uint64_t then, std::uint64_t now) {
        return static_cast<double>(now) - static_cast<double>(then);
    }
};

/// A file system with its two copies, and who has more in the later one or is not known.
struct FileSystem {
    explicit FileSystem(const RobinhoodName& shown) : name(shown) {}

    const RobinhoodName& name;
    std::optional<database::StorageCopy> newest{};
    std::optional<CopyPair> pair{};
    std::vector<Growth> owners{};
};

using FileSystems = std::vector<FileSystem>;

template <std::uint64_t database::Held::*amount>
SortValue then_of(const Grower& one) {
    return static_cast<double>(one.growth.then.*amount);
}

template <std::uint64_t database::Held::*amount>
SortValue now_of(const Grower& one) {
    return static_cast<double>(one.growth.now.*amount);
}

using database::Held;

/// What a table is sorted by without a wish stands first, and second on the page.
constexpr auto kColumns = std::to_array<Column<Grower>>({
    {{"grown"}, views::mark("Grown by"), [](const Grower& one) { return SortValue(one.bytes()); }},
    {{"user", false},
     views::mark("User"),
     [](const Grower& one) { return SortValue(one.growth.name); },
     false},
    {{"place", false},
     views::mark("File system"),
     [](const Grower& one) { return SortValue(one.place); },
     false},
    {{"now"}, views::mark("Space now"), &now_of<&Held::bytes>},
    {{"before"}, views::mark("Space before"), &then_of<&Held::bytes>},
    {{"files_grown"},
     views::mark("Files grown by"),
     [](const Grower& one) { return SortValue(one.files()); }},
    {{"files"}, views::mark("Files now"), &now_of<&Held::files>},
    {{"files_before"}, views::mark("Files before"), &then_of<&Held::files>},
    {{"since"},
     views::mark("Since"),
     [](const Grower& one) { return SortValue(static_cast<double>(one.since)); },
     false},
});

HeldBy::Sort sort_of(const Request& request) {
    const std::string by = request.parameter("by").value_or("user");
    if (by == "user") return HeldBy::Sort::Person;
    if (by == "group") return HeldBy::Sort::Group;
    throw HttpError(400, sentence("The table has no such rows.").id);
}

Result<FileSystems> read(HeldBy::Sort sort, Context& context) {
    database::StorageDb& db = context.portal_db.storage();
    const database::Day today = database::day_of(context.clock.now());
    const auto copies = db.copies(today - std::min(today, database::kOldestCopy));
    if (!copies.ok()) return copies.error();
    FileSystems all;
    for (const RobinhoodName& name : context.site.robinhood) {
        FileSystem& one = all.emplace_back(name);
        if (const auto* newest = database::newest_copy(copies.value(), name.name)) {
            one.newest = *newest;
        }
        one.pair = database::growth_pair(copies.value(), name.name);
        if (!one.pair) continue;
        auto owners = db.growth(*one.pair, sort);
        if (!owners.ok()) return owners.error();
        one.owners = std::move(owners).value();
    }
    return all;
}

/// Those who are known, with where they grew.
std::vector<Grower> growers(const FileSystems& file_systems, Language language) {
    std::vector<Grower> all;
    for (const FileSystem& there : file_systems) {
        for (const Growth& one : there.owners) {
            if (!one.known) continue;
            all.push_back(
                {one, there.pair->then.day, there.pair->now.day, there.name.title.in(language)});
        }
    }
    return all;
}

std::string link_of(const std::string& name, HeldBy::Sort sort, const Site& site) {
    if (sort == HeldBy::Sort::Group || !parse_username(name)) return {};
    return module_link(site, "quotas", name);
}

views::GrowthRow row_of(const Grower& one, HeldBy::Sort sort, const Site& site) {
    const auto amount = [&](std::uint64_t then, std::uint64_t now, double change) {
        return views::GrowthAmount{static_cast<double>(then), static_cast<double>(now), change};
    };
    const Growth& growth = one.growth;
    return {.owner = {growth.name, link_of(growth.name, sort, site)},
            .place = one.place,
            .bytes = amount(growth.then.bytes, growth.now.bytes, one.bytes()),
            .files = amount(growth.then.files, growth.now.files, one.files()),
            .appeared = growth.appeared,
            .since = date_of(one.since)};
}

/// Who shrank in what the table is about is not listed.
void leave_out_others(std::vector<Grower>& all, const Sorting& sorting) {
    const bool files = sorting.key.starts_with("files");
    std::erase_if(all, [&](const Grower& one) { return (files ? one.files() : one.bytes()) <= 0; });
}

views::TopTable<views::GrowthRow> table_of(const Visit& visit, std::vector<Grower> all,
                                           const Order<Grower>& order, const Site& site) {
    const HeldBy::Sort sort = sort_of(visit.request);
    views::TopTable<views::GrowthRow> table;
    table.columns = heads(visit.request, top_link(site) + "growth/", order);
    std::rotate(table.columns.begin(), table.columns.begin() + 1, table.columns.begin() + 3);
    if (sort == HeldBy::Sort::Group) table.columns.front().title = sentence("Group");
    put_in_order(all, order);
    const std::size_t shown = std::min<std::size_t>(all.size(), site.top.users);
    for (std::size_t i = 0; i < shown; ++i) table.rows.push_back(row_of(all[i], sort, site));
    if (shown < all.size()) {
        table.more = views::plural_sentence("{0} more row is not shown; the file has all.",
                                            "{0} more rows are not shown; the file has all.",
                                            all.size() - shown);
    }
    return table;
}

/// What is to be known of the copies of a file system.
std::vector<views::Sentence> remarks(const FileSystem& there, database::Day today,
                                     Language language) {
    std::vector<views::Argument> about = {views::text_argument(there.name.title.in(language))};
    if (!there.newest) return {sentence("{0}: there is no copy of its sums yet.", about)};
    std::vector<views::Argument> dated = about;
    dated.push_back(views::text_argument(date_of(there.newest->day)));
    std::vector<views::Sentence> all;
    if (!there.pair) {
        all.push_back(
            sentence("{0}: the first copy of its sums is of {1}; from the next day on "
                     "it is known who grew.",
                     dated));
    } else if (there.newest->day + 1 < today) {
        all.push_back(
            sentence("{0}: the newest copy of its sums is of {1}. Its database did not "
                     "answer since, or the background service did not run.",
                     dated));
    }
    const auto unknown = static_cast<std::uint64_t>(std::count_if(
        there.owners.begin(), there.owners.end(), [](const Growth& one) { return !one.known; }));
    if (unknown > 0) {
        all.push_back(views::plural_sentence(
            "{1}: {0} owner is left out, since the database holds an impossible number.",
            "{1}: {0} owners are left out, since the database holds impossible numbers.", unknown,
            std::move(about)));
    }
    return all;
}

/// The span of the page's title.
void fill_span(views::GrowthPage& page, const FileSystems& file_systems) {
    std::vector<database::Day> since;
    for (const FileSystem& there : file_systems) {
        if (!there.pair) continue;
        if (there.pair->days() == database::kGrowthDays) page.whole_span = true;
        since.push_back(there.pair->then.day);
    }
    page.compared = !since.empty();
    const bool same = std::all_of(since.begin(), since.end(),
                                  [&](database::Day day) { return day == since.front(); });
    if (!since.empty() && same) page.since = date_of(since.front());
}

std::string csv_row(const Grower& one) {
    const Growth& growth = one.growth;
    std::string row = csv_cell(growth.name) + "," + csv_cell(one.place);
    row += "," + date_of(one.since) + "," + date_of(one.until);
    for (const double value :
         {static_cast<double>(growth.then.bytes), static_cast<double>(growth.now.bytes),
          one.bytes(), static_cast<double>(growth.then.files),
          static_cast<double>(growth.now.files), one.files()}) {
        row += "," + csv_number(value);
    }
    return row.append(kRowEnd);
}

}  // namespace

bool has_growth(const Site& site) {
    return site.scripts.enabled && !site.robinhood.empty() && has_module(site, "quotas");
}

Response growth_page(const Visit& visit, Context& context) {
    if (!has_growth(context.site)) throw HttpError(404, "");
    const HeldBy::Sort sort = sort_of(visit.request);
    const auto order = order_of<Grower>(visit.request, kColumns);
    const auto file_systems = read(sort, context);
    if (!file_systems.ok()) return source_missing_page(visit, context, file_systems.error());
    const Language language = visit.request.language;
    const std::string here = top_link(context.site) + "growth/";
    views::GrowthPage page;
    page.frame = frame_below_top(visit, context, growth_title());
    page.groups = sort == HeldBy::Sort::Group;
    page.people_link = page_link(visit.request, here, kOfRows, "by", "");
    page.groups_link = page_link(visit.request, here, kOfRows, "by", "group");
    page.file_link = page_link(visit.request, top_link(context.site) + "growth.csv", kOfRows, "by",
                               page.groups ? "group" : "");
    fill_span(page, file_systems.value());
    const database::Day today = database::day_of(context.clock.now());
    for (const FileSystem& there : file_systems.value()) {
        for (views::Sentence& remark : remarks(there, today, language)) {
            page.notices.push_back({Weight::Information, {}, std::move(remark), {}});
        }
    }
    std::vector<Grower> all = growers(file_systems.value(), language);
    leave_out_others(all, order.sorting);
    page.table = table_of(visit, std::move(all), order, context.site);
    return context.views.render(page);
}

Response growth_file(const Visit& visit, Context& context) {
    if (!has_growth(context.site)) throw HttpError(404, "");
    const HeldBy::Sort sort = sort_of(visit.request);
    const auto file_systems = read(sort, context);
    if (!file_systems.ok()) return source_missing_page(visit, context, file_systems.error());
    std::vector<Grower> all = growers(file_systems.value(), visit.request.language);
    std::stable_sort(all.begin(), all.end(),
                     [](const Grower& a, const Grower& b) { return a.bytes() > b.bytes(); });
    const std::string name = sort == HeldBy::Sort::Group ? "growth-by-group-" : "growth-by-user-";
    Response response = csv_file(name + date_of(database::day_of(context.clock.now())) + ".csv");
    response.body +=
        "name,file_system,since,until,bytes_before,bytes,bytes_grown,files_before,"
        "files,files_grown";
    response.body += kRowEnd;
    for (const Grower& one : all) response.body += csv_row(one);
    return response;
}

}  // namespace portal::top
