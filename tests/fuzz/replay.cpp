#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::vector<std::uint8_t> read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// As it is, and cut off: the places where a cut hurts are not known beforehand.
void replay(const std::vector<std::uint8_t>& input) {
    LLVMFuzzerTestOneInput(input.data(), input.size());
    const std::size_t step = std::max<std::size_t>(1, input.size() / 64);
    for (std::size_t size = 0; size < input.size(); size += step) {
        const std::vector<std::uint8_t> part(input.begin(),
                                             input.begin() + static_cast<std::ptrdiff_t>(size));
        LLVMFuzzerTestOneInput(part.data(), part.size());
    }
}

}  // namespace

/// Runs one fuzz target over the files of a folder; 1 if there are none.
int main(int count, char** arguments) {
    if (count != 2) {
        std::fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
        return 2;
    }
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(arguments[1])) {
        replay(read_file(entry.path()));
        ++files;
    }
    std::printf("%zu inputs\n", files);
    return files == 0 ? 1 : 0;
}
