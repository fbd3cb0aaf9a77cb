#pragma once

#include <array>
#include <cstddef>

namespace portal {

inline constexpr unsigned char kFastCgiVersion = 1;
inline constexpr unsigned char kBegin = 1;
inline constexpr unsigned char kParams = 4;
inline constexpr unsigned char kStdin = 5;
inline constexpr std::size_t kBeginSize = 8;

/// The eight bytes before the content of a FastCGI record.
struct RecordHeader {
    unsigned char version = 0;
    unsigned char type = 0;
    unsigned request = 0;
    std::size_t content = 0;
    std::size_t padding = 0;
};

[[nodiscard]] constexpr RecordHeader read_record_header(const std::array<unsigned char, 8>& bytes) {
    return {bytes[0], bytes[1], bytes[2] * 256U + bytes[3], bytes[4] * std::size_t{256} + bytes[5],
            bytes[6]};
}

}  // namespace portal
