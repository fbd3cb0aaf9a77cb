#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "fcgi/config/error.h"
#include "fcgi/config/ini.h"

using namespace portal;

/// Any text is either read, with every entry on a line that exists, or refused by a ConfigError
/// that names the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto lines = 1 + static_cast<int>(std::count(text.begin(), text.end(), '\n'));
    try {
        for (const ini::Section& section : ini::parse(text, "site.ini").sections) {
            if (section.kind.empty() || section.line > lines) std::abort();
            for (const ini::Entry& entry : section.entries) {
                if (entry.key.empty() || entry.line <= section.line || entry.line > lines) {
                    std::abort();
                }
            }
        }
    } catch (const ConfigError& error) {
        if (std::string_view(error.what()).substr(0, 9) != "site.ini:") std::abort();
    }
    return 0;
}
