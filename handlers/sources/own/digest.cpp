#include "handlers/sources/own/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>

#include "fcgi/base/text.h"

namespace portal::database {
namespace {

constexpr std::size_t kBytes = 32;
using Block = std::array<unsigned char, kBytes>;

std::string hex_of(const Block& block) {
    return text::hex(std::string(block.begin(), block.end()));
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    Block block{};
    unsigned length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), block.data(), &length, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("SHA-256 failed");
    }
    return hex_of(block);
}

std::string hmac_hex(std::string_view key, std::string_view text) {
    Block block{};
    unsigned length = 0;
    const std::string bytes(text);
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data, bytes.size(),
             block.data(), &length) == nullptr) {
        throw std::runtime_error("HMAC failed");
    }
    return hex_of(block);
}

bool same_secret(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string random_hex() {
    Block block{};
    if (RAND_bytes(block.data(), static_cast<int>(block.size())) != 1) {
        throw std::runtime_error("no random bytes");
    }
    return hex_of(block);
}

}  // namespace portal::database
