#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "history.h"
#include "live.h"

namespace {

using portal::simulator::Settings;

constexpr std::string_view kUsage =
    "portal-sim history --out DIR --now UNIX [--seed N] [--size small|medium|large] [--cluster "
    "NAME]\n"
    "                   [--live HOST:PORT] [--gpu-tres ID] [--gpu-typed-tres ID]\n"
    "portal-sim live --state DIR --listen HOST:PORT\n"
    "                [--database HOST:PORT/NAME --user USER --password-file FILE]\n";

/// Options as given, "--name value" each. Throws std::invalid_argument.
class Options {
 public:
    Options(const std::vector<std::string>& words, const std::vector<std::string_view>& known) {
        for (std::size_t i = 0; i < words.size(); i += 2) {
            const bool fits = words[i].starts_with("--") && i + 1 < words.size() &&
                              std::ranges::find(known, words[i].substr(2)) != known.end();
            if (!fits) throw std::invalid_argument("not understood: " + words[i]);
            values_[words[i].substr(2)] = words[i + 1];
        }
    }

    [[nodiscard]] std::string text(const std::string& name) const {
        const auto found = values_.find(name);
        if (found == values_.end()) throw std::invalid_argument("missing: --" + name);
        return found->second;
    }
    [[nodiscard]] std::string text(const std::string& name, const std::string& otherwise) const {
        return values_.contains(name) ? values_.at(name) : otherwise;
    }

 private:
    std::map<std::string, std::string> values_;
};

void run_history(const std::vector<std::string>& words) {
    const Options options(
        words, {"out", "now", "seed", "size", "cluster", "live", "gpu-tres", "gpu-typed-tres"});
    Settings settings;
    settings.seed = std::stoull(options.text("seed", "1"));
    settings.size = options.text("size", "small");
    settings.cluster = options.text("cluster", "narval");
    settings.now = std::stoll(options.text("now"));
    settings.gpu_tres = static_cast<unsigned>(std::stoul(options.text("gpu-tres", "1001")));
    settings.gpu_typed_tres =
        static_cast<unsigned>(std::stoul(options.text("gpu-typed-tres", "1002")));
    const std::string folder = options.text("out");
    std::filesystem::create_directories(folder);
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("metrics-") && name.ends_with(".om")) std::filesystem::remove(entry);
    }
    std::cout << portal::simulator::write_history(settings, folder,
                                                  options.text("live", "127.0.0.1:9798"))
              << '\n';
}

void run_live(const std::vector<std::string>& words) {
    const Options options(words, {"state", "listen", "database", "user", "password-file"});
    portal::simulator::LiveOptions live;
    live.state = options.text("state");
    live.listen = options.text("listen");
    live.database = options.text("database", "");
    if (!live.database.empty()) {
        live.user = options.text("user");
        live.password_file = options.text("password-file");
    }
    portal::simulator::run_live(live);
}

}  // namespace

int main(int count, char** values) {
    const std::vector<std::string> words(values + 1, values + count);
    try {
        if (words.empty()) throw std::invalid_argument("say history or live");
        const std::vector<std::string> rest(words.begin() + 1, words.end());
        if (words.front() == "history") {
            run_history(rest);
        } else if (words.front() == "live") {
            run_live(rest);
        } else {
            throw std::invalid_argument("say history or live");
        }
        return EXIT_SUCCESS;
    } catch (const std::invalid_argument& error) {
        std::cerr << "portal-sim: " << error.what() << '\n' << kUsage;
        return 2;
    } catch (const std::exception& error) {
        std::cerr << "portal-sim: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
