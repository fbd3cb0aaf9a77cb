#include "fcgi/programs/config.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "fcgi/base/text.h"
#include "fcgi/config/section.h"

using namespace portal;

namespace {

std::string shipped(const std::string& name) {
    const auto tests = std::filesystem::path(PORTAL_FIXTURES).parent_path();
    std::ifstream stream(tests.parent_path() / "rpm" / name);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// Keys by the kind of their sections.
using KeysByKind = std::map<std::string, std::set<std::string>>;

/// Both files in a folder of their own, as they are shipped until a test changes them.
struct Fixture {
    Fixture() : folder(make_folder()) {}
    ~Fixture() { std::filesystem::remove_all(folder); }

    static std::string make_folder() {
        std::string name = std::filesystem::temp_directory_path() / "portal-config-XXXXXX";
        BOOST_REQUIRE(mkdtemp(name.data()) != nullptr);
        return name;
    }

    void replace(const std::string& from, const std::string& to) {
        const auto at = main.find(from);
        BOOST_REQUIRE(at != std::string::npos);
        main.replace(at, from.size(), to);
    }

    Config load() {
        const std::string main_path = folder + "/site.ini";
        const std::string secrets_path = folder + "/secrets.ini";
        std::ofstream(main_path) << main;
        std::ofstream(secrets_path) << secrets;
        chmod(secrets_path.c_str(), mode);
        return load_config(main_path, secrets_path);
    }

    /// The message without the folder.
    std::string refusal() {
        try {
            static_cast<void>(load());
        } catch (const ConfigError& error) {
            return std::string(error.what()).substr(folder.size() + 1);
        }
        return "accepted";
    }

    /// The keys of each section of a file, as its reader names them when it refuses another one.
    KeysByKind known_keys(std::string& file) {
        constexpr std::string_view kList = "a key of this section: ";
        const std::string whole = file;
        KeysByKind known;
        for (const ini::Section& section : ini::parse(whole, "").sections) {
            std::size_t at = 0;
            for (int line = 0; line < section.line; ++line) at = whole.find('\n', at) + 1;
            file = whole.substr(0, at) + "no_such_key = 1\n" + whole.substr(at);
            const std::string told = refusal();
            const auto list = told.find(kList);
            BOOST_TEST_REQUIRE(list != std::string::npos, told);
            for (std::string& key : text::split_list(told.substr(list + kList.size()), ',')) {
                known[section.kind].insert(std::move(key));
            }
        }
        file = whole;
        return known;
    }

    std::string folder;
    std::string main = shipped("userportal.ini");
    std::string secrets = shipped("userportal.secrets.ini");
    mode_t mode = 0640;
};

/// The text with `;key = value` of that line written out; empty if it is another line.
std::string written_out(const std::string& text, std::size_t line) {
    const bool commented = text[line] == ';' && text[line + 1] >= 'a' && text[line + 1] <= 'z';
    return commented ? text.substr(0, line) + text.substr(line + 1) : "";
}

/// The text with all that it shows as a comment written out.
std::string all_written_out(const std::string& text) {
    std::istringstream lines(text);
    std::string written;
    for (std::string line; std::getline(lines, line);) {
        const bool commented = line.size() > 1 && line[0] == ';' && line[1] != ' ';
        written += (commented ? line.substr(1) : line) + "\n";
    }
    return written;
}

bool mentions(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(config, Fixture)

BOOST_AUTO_TEST_CASE(the_shipped_files_load_as_they_are) {
    const Config loaded = load();

    BOOST_TEST(loaded.site.cluster == "narval");
    BOOST_TEST((loaded.site.mode == Site::Mode::Production));
    BOOST_TEST(loaded.slurm.cluster == "narval");
    BOOST_TEST(loaded.slurm.user == "userportal");
    BOOST_TEST(loaded.prometheus.url == "http://127.0.0.1:9090");
    BOOST_TEST(loaded.identity.domains.size() == 2U);
    BOOST_TEST(loaded.site.exporters.lustre.file_systems.size() == 3U);
    BOOST_TEST(loaded.site.exporters.job.enabled);
    BOOST_TEST(loaded.site.gpus.at(0).type == "NVIDIA A100-SXM4-40GB");
    BOOST_TEST(loaded.site.cost.gpu_hour.value() == 0.31392694);
    BOOST_TEST(loaded.site.verdicts.at("memory").good == 40);
    BOOST_TEST(loaded.site.fingerprint.size() == 16U);
}

BOOST_AUTO_TEST_CASE(sections_of_one_kind_keep_the_order_of_the_file) {
    main += "[cloud rrg-x]\nmembers = alice, bob\n[cloud empty]\nmembers =\n";

    const Config loaded = load();

    BOOST_TEST(loaded.site.quotas.at(0).path == "/lustre05/home/");
    BOOST_TEST((loaded.site.quotas.at(2).owner == QuotaKind::Owner::Allocation));
    BOOST_TEST(!loaded.site.quotas.at(2).gib.has_value());
    BOOST_TEST(loaded.robinhood.at(1).database == "rbh_nearline");
    BOOST_TEST(loaded.site.robinhood.at(1).name == "nearline");
    BOOST_TEST(loaded.site.home.at(0).link_text.in(portal::Language::French) == "Documentation");
    BOOST_TEST(loaded.site.cloud_members.at("rrg-x").at(1) == "bob");
    BOOST_TEST(loaded.site.cloud_members.at("empty").empty());
}

BOOST_AUTO_TEST_CASE(a_robinhood_database_holds_project_or_nearline_storage_or_both) {
    BOOST_TEST((load().site.robinhood.at(0).project && !load().site.robinhood.at(0).nearline));
    replace("holds = project", "holds = project, nearline");
    BOOST_TEST((load().site.robinhood.at(0).project && load().site.robinhood.at(0).nearline));
    replace("holds = project, nearline", "holds = scratch");
    BOOST_TEST(refusal().find("holds: expected project or nearline; project, nearline for both") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_sibling_shows_the_modules_of_this_portal_unless_it_names_others) {
    main +=
        "[sibling b]\ntitle_en = B\ntitle_fr = B\nurl = https://b.example.org/portal/\n"
        "[sibling c]\ntitle_en = C\ntitle_fr = C\nurl = https://c:8443\nmodules = top\n";

    const auto siblings = load().site.siblings;

    BOOST_TEST_REQUIRE(siblings.size() == 2U);
    BOOST_TEST(siblings[0].url == "https://b.example.org/portal");
    BOOST_TEST(siblings[0].modules == load().site.modules, boost::test_tools::per_element());
    BOOST_TEST(siblings[1].modules.at(0) == "top");
}

BOOST_AUTO_TEST_CASE(a_sibling_lives_at_an_https_address_except_in_local_mode) {
    main += "[sibling b]\ntitle_en = B\ntitle_fr = B\nurl = http://b.example.org\n";
    BOOST_TEST(mentions(refusal(), "url: expected https://host"));

    replace("mode = production", "mode = local");
    BOOST_TEST(refusal() == "accepted");
    for (const char* bad : {"url = javascript:alert(1)", "url = /portal", "url = //b.example.org",
                            "url = http://b/?x=1", "url = http://b/#top", "url = http://a b"}) {
        std::string kept = main;
        replace("url = http://b.example.org", bad);
        BOOST_TEST(mentions(refusal(), "url: expected"), bad);
        main = std::move(kept);
    }
}

BOOST_AUTO_TEST_CASE(signing_out_at_shibboleth_leads_back_to_the_portal) {
    BOOST_TEST(load().site.sign_out_url == "/Shibboleth.sso/Logout?return=/");
    replace(";base_path =", "base_path = /portal/");
    BOOST_TEST(load().site.sign_out_url == "/Shibboleth.sso/Logout?return=/portal/");
    replace(";sign_out_url = /Shibboleth.sso/Logout?return=/", "sign_out_url = /out");
    BOOST_TEST(load().site.sign_out_url == "/out");
}

BOOST_AUTO_TEST_CASE(quotas_need_a_robinhood_database) {
    replace(";modules = usersummary, jobstats", "modules = quotas, jobstats");
    main.resize(main.find("[robinhood lustre06]"));
    secrets.resize(secrets.find("; the account of each [robinhood"));
    BOOST_TEST(refusal().find("[robinhood]: expected this section") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_key_of_forms_is_optional_and_long) {
    BOOST_TEST(load().form_key.value.empty());
    const std::string shipped_secrets = secrets;
    secrets += "\n[forms]\nkey = " + std::string(32, 'k') + "\n";
    BOOST_TEST(load().form_key.value == std::string(32, 'k'));
    secrets = shipped_secrets + "\n[forms]\nkey = short\n";
    BOOST_TEST(refusal().find("key: expected 32 characters or more") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(each_robinhood_database_needs_its_account) {
    secrets.resize(secrets.find("[robinhood nearline]"));

    BOOST_TEST(refusal() ==
               "secrets.ini:1: [robinhood nearline]: expected this section in the file");
}

BOOST_AUTO_TEST_CASE(every_key_shown_as_a_comment_may_be_written_out) {
    const std::string before = load().site.fingerprint;
    main = all_written_out(main);

    const Config loaded = load();

    BOOST_TEST(loaded.site.deadline.count() == 10000);
    BOOST_TEST(loaded.site.verdicts.at("gpu_memory").poor == 5);
    BOOST_TEST(loaded.prometheus.matcher.empty());
    BOOST_TEST(loaded.site.fingerprint != before);
}

BOOST_AUTO_TEST_CASE(every_key_shown_as_a_comment_shows_its_default) {
    for (const char* line : {"[sibling beluga]", "title_en = Béluga", "title_fr = Béluga",
                             "url = https://portal.beluga.example.org/"}) {
        replace(std::string("\n;") + line, std::string("\n") + line);
    }
    const std::string shown = main;
    const Config usual = load();
    int keys = 0;
    for (std::size_t line = 0; line < shown.size(); line = shown.find('\n', line) + 1) {
        main = written_out(shown, line);
        if (main.empty()) continue;
        ++keys;
        Config loaded = load();
        BOOST_TEST(loaded.site.fingerprint != usual.site.fingerprint);
        loaded.site.fingerprint = usual.site.fingerprint;
        BOOST_TEST((loaded == usual), shown.substr(line, shown.find('\n', line) - line));
    }
    BOOST_TEST(keys > 80);
}

BOOST_AUTO_TEST_CASE(the_shipped_files_show_every_key) {
    main = all_written_out(main);
    secrets = all_written_out(secrets);
    for (std::string* const file : {&main, &secrets}) {
        KeysByKind known = known_keys(*file);
        known["portal"].erase("pseudo_language");  // of tests
        for (const std::string& key : portal::config::keys_of_text("poor")) {
            BOOST_TEST(mentions(main, key));  // in words: an empty one is none
            known["verdict"].erase(key);
        }
        for (const char* old : {"cores_good", "cores_poor", "memory_good", "memory_poor"}) {
            known["top"].erase(old);  // still read, so that old files load
        }
        for (const ini::Section& section : ini::parse(*file, "").sections) {
            for (const ini::Entry& entry : section.entries) known[section.kind].erase(entry.key);
        }
        for (const auto& [kind, keys] : known) {
            for (const std::string& key : keys) BOOST_ERROR('[' << kind << "] " << key);
        }
    }
}

BOOST_AUTO_TEST_CASE(virtual_machines_may_have_matchers_of_their_own) {
    replace(";matcher =\n;timeout_ms", "matcher = cluster=\"narval\"\n;timeout_ms");
    BOOST_TEST(load().prometheus.cloud_matcher == "cluster=\"narval\"");

    replace(";members = allocation", "matcher = cluster=\"cloud\"");
    BOOST_TEST(load().prometheus.matcher == "cluster=\"narval\"");
    BOOST_TEST(load().prometheus.cloud_matcher == "cluster=\"cloud\"");
    replace("cluster=\"cloud\"", "cloud");
    BOOST_TEST(mentions(refusal(), "matcher: expected matchers such as"));
}

BOOST_AUTO_TEST_CASE(gpus_measured_by_dcgm_are_judged_by_lower_limits_unless_the_site_says_so) {
    replace(";gpu_use = nvml", "gpu_use = dcgm");
    BOOST_TEST(load().site.verdicts.at("gpu").good == 40);
    BOOST_TEST(load().site.verdicts.at("gpu").poor == 10);

    replace("[verdict gpu]\n;good = 60", "[verdict gpu]\ngood = 70");
    BOOST_TEST(load().site.verdicts.at("gpu").good == 70);
    BOOST_TEST(load().site.verdicts.at("gpu").poor == 10);
}

BOOST_AUTO_TEST_CASE(meters_that_add_up_are_named_by_a_label) {
    BOOST_TEST(load().site.exporters.power.meter.empty());
    replace(";meter =", "meter = chassis_id");
    BOOST_TEST(load().site.exporters.power.meter == "chassis_id");
    replace("meter = chassis_id", "meter = a) or (b");
    BOOST_TEST(mentions(refusal(), "meter: expected a label's name"));
}

BOOST_AUTO_TEST_CASE(an_absent_exporter_or_cost_is_absent) {
    const auto from = main.find("[exporter job]");
    main.erase(from, main.find("[gpu NVIDIA") - from);
    replace("gpu_hour = 0.31392694\n", "");

    const Config loaded = load();

    BOOST_TEST(!loaded.site.exporters.job.enabled);
    BOOST_TEST(!loaded.site.exporters.lustre.enabled);
    BOOST_TEST(!loaded.site.cost.gpu_hour.has_value());
    BOOST_TEST(loaded.site.cost.cpu_core_hour.has_value());
}

BOOST_AUTO_TEST_CASE(an_unknown_key_names_file_line_and_the_keys_there_are) {
    replace("cluster = narval", "cluster = narval\nclutser = x");

    BOOST_TEST(mentions(refusal(), "site.ini:11: clutser: expected a key of this section: mode,"));
}

BOOST_AUTO_TEST_CASE(a_missing_key_names_its_section) {
    replace("url = ldap://127.0.0.1:389\n", "");

    BOOST_TEST(mentions(refusal(), ": url: expected this key in section [ldap]"));
}

BOOST_AUTO_TEST_CASE(a_missing_or_unknown_section_is_refused) {
    replace("[cost]", "[costs]");

    BOOST_TEST(mentions(refusal(), ": [costs]: expected one of [portal]"));

    replace("[costs]", "[cost]");
    secrets = "[ldap]\n";

    BOOST_TEST(refusal() == "secrets.ini:1: [slurm]: expected this section in the file");
}

BOOST_AUTO_TEST_CASE(bad_values_are_refused) {
    const std::pair<const char*, const char*> changes[] = {
        {"mode = production", "mode = prod"},
        {"cluster = narval", "cluster = nar`val"},
        {"cluster = narval", "cluster = nar val"},
        {";base_path =", "base_path = portal"},
        {";base_path =", "base_path = /a//b"},
        {";deadline_ms = 10000", "deadline_ms = 0"},
        {";deadline_ms = 10000", "deadline_ms = 26000"},
        {";modules = usersummary, jobstats", "modules = jobstats, games"},
        {";user_variable = REMOTE_USER", "user_variable = HTTP_REMOTE_USER"},
        {";user_variable = REMOTE_USER", "user_variable = http-remote-user"},
        {"url = http://127.0.0.1:9090", "url = 127.0.0.1:9090"},
        {"url = http://127.0.0.1:9090", "url = http://user:pw@127.0.0.1:9090"},
        {";matcher =", "matcher = cluster"},
        {";port = 3306", "port = 0"},
        {";port = 3306", "port = 65536"},
        {";text = guessed", "text = latin1"},
        {";verify_tls = yes", "verify_tls = true"},
        {"people_base = ", "tls_ca_file = /etc/passwd\npeople_base = "},
        {"[exporter gpu]", "[exporter gpus]"},
        {";metric = redfish_chassis_power_average_consumed_watts", "metric = up{}"},
        {"memory_gib = 40", "memory_gib = forty"},
        {"idle_power_w = 55", "idle_power_w = 500"},
        {"[verdict time]", "[verdict speed]"},
        {";good = 30\n;poor = 10", "good = 10\npoor = 30"},
        {";good = 30\n;poor = 10", "poor_en = Only one language"},
        {"inodes = 500000", "inodes = many"},
        {";label = project", "label = a:b"},
        {";of = user", "of = group"},
        {"link = https://docs", "link = http://docs"},
        {"link_fr = Documentation\n", ""},
        {";memory_least_gib = 1", "memory_least_gib = much"},
        {"idle_power_w = 55", "idle_power_w = 55\ncores = none"},
        {";lustre_users = 5", "lustre_users = 0"},
        {";members = allocation", "members = everybody"},
    };
    for (const auto& [from, to] : changes) {
        const std::string whole = main;
        replace(from, to);
        BOOST_TEST(mentions(refusal(), ": expected "), to);
        main = whole;
    }
}

BOOST_AUTO_TEST_CASE(the_base_path_loses_its_final_slash) {
    replace(";base_path =", "base_path = /portal/");

    BOOST_TEST(load().site.base_path == "/portal");
}

BOOST_AUTO_TEST_CASE(secrets_that_others_can_read_are_refused) {
    mode = 0644;

    BOOST_TEST(refusal() == "secrets.ini:0: file: expected mode 0640, nothing for others");
}

BOOST_AUTO_TEST_CASE(a_secret_is_never_part_of_a_message) {
    secrets = "[prometheus]\nuser = a\nbearer = hunter2\n[slurm]\nuser = u\npassword =\n";

    BOOST_TEST(mentions(refusal(), "secrets.ini:3: bearer: expected either"));
    BOOST_TEST(!mentions(refusal(), "hunter2"));
}

BOOST_AUTO_TEST_CASE(comments_and_secrets_do_not_change_the_fingerprint) {
    const std::string before = load().site.fingerprint;
    main += "; a comment\n";
    secrets += "\n; another\n";

    BOOST_TEST(load().site.fingerprint == before);

    replace("title_en = Narval", "title_en = Narwhal");

    BOOST_TEST(load().site.fingerprint != before);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_named) {
    BOOST_CHECK_THROW(static_cast<void>(load_config(folder + "/none", folder + "/none")),
                      ConfigError);
}

BOOST_AUTO_TEST_CASE(a_site_may_have_a_database_of_its_own_or_none) {
    const Config with = load();
    BOOST_TEST(with.site.scripts.enabled);
    BOOST_TEST(with.site.scripts.largest == std::size_t{4} << 20U);
    BOOST_TEST(with.database.database == "userportal");
    BOOST_TEST(with.database.user == "userportal");

    const auto begin = main.find("[database]");
    main.erase(begin, main.find("[jobscripts]") - begin);
    const Config without = load();
    BOOST_TEST(!without.site.scripts.enabled);
    BOOST_TEST(without.database.host.empty());
}

BOOST_AUTO_TEST_CASE(a_database_needs_its_account) {
    secrets.erase(secrets.find("[database]"), std::string("[database]").size());

    BOOST_TEST(mentions(refusal(), "secrets.ini"));
}

BOOST_AUTO_TEST_CASE(the_administrators_secrets_are_a_file_of_their_own) {
    const std::string main_path = folder + "/site.ini";
    const std::string path = folder + "/admin.ini";
    std::ofstream(main_path) << main;
    std::ofstream(path) << "[database]\nuser = boss\npassword = x\n";
    chmod(path.c_str(), 0600);

    BOOST_TEST(load_admin_config(main_path, path).database.user == "boss");
    chmod(path.c_str(), 0644);
    BOOST_CHECK_THROW(static_cast<void>(load_admin_config(main_path, path)), ConfigError);
    std::ofstream(path) << secrets;
    chmod(path.c_str(), 0600);
    BOOST_CHECK_THROW(static_cast<void>(load_admin_config(main_path, path)), ConfigError);
}

BOOST_AUTO_TEST_CASE(the_database_of_an_import_is_a_file_of_its_own) {
    const std::string path = folder + "/old.ini";
    std::ofstream(path) << "[database]\nhost = db\ndatabase = django\nuser = u\npassword = p\n";
    chmod(path.c_str(), 0600);

    BOOST_TEST(load_source_database(path).database == "django");
    std::ofstream(path) << "[database]\nhost = db\n";
    BOOST_CHECK_THROW(static_cast<void>(load_source_database(path)), ConfigError);
}

BOOST_AUTO_TEST_SUITE_END()
