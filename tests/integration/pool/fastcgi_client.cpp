#include "fastcgi_client.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace pool_test {
namespace {

constexpr int kPatience = 20;

void append_record(std::string& out, char type, std::string_view content) {
    const auto size = content.size();
    out += {'\1', type, '\0', '\1', static_cast<char>(size >> 8U), static_cast<char>(size & 255U),
            '\0', '\0'};
    out += content;
}

void append_length(std::string& out, std::size_t length) {
    if (length < 128) {
        out += static_cast<char>(length);
        return;
    }
    out += static_cast<char>(0x80U | (length >> 24U));
    for (const unsigned shift : {16U, 8U, 0U}) out += static_cast<char>((length >> shift) & 255U);
}

Parameters request_of(const std::string& method, const std::string& path, const Parameters& more) {
    const auto question = path.find('?');
    Parameters parameters{
        {"REQUEST_METHOD", method},
        {"SCRIPT_NAME", path.substr(0, question)},
        {"QUERY_STRING", question == std::string::npos ? "" : path.substr(question + 1)}};
    for (const auto& [name, value] : more) parameters[name] = value;
    return parameters;
}

}  // namespace

Connection::Connection(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), address.sun_path);
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        fd_ = fd;
    } else {
        close(fd);
    }
}

Connection::~Connection() {
    if (fd_ >= 0) close(fd_);
}

bool Connection::say(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::string Connection::hear(int seconds) const {
    const timeval limit{seconds, 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    std::string heard;
    std::array<char, 16384> buffer{};
    for (auto got = recv(fd_, buffer.data(), buffer.size(), 0); got > 0;
         got = recv(fd_, buffer.data(), buffer.size(), 0)) {
        heard.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return heard;
}

std::string head_records(const Parameters& parameters) {
    std::string pairs;
    for (const auto& [name, value] : parameters) {
        append_length(pairs, name.size());
        append_length(pairs, value.size());
        pairs += name + value;
    }
    std::string out;
    append_record(out, '\1', std::string_view("\0\1\0\0\0\0\0\0", 8));
    for (std::size_t at = 0; at < pairs.size(); at += 32768) {
        append_record(out, '\4', std::string_view(pairs).substr(at, 32768));
    }
    append_record(out, '\4', {});
    return out;
}

std::string body_records(std::string_view body) {
    std::string out;
    while (!body.empty()) {
        const std::string_view piece = body.substr(0, 32768);
        append_record(out, '\5', piece);
        body.remove_prefix(piece.size());
    }
    append_record(out, '\5', {});
    return out;
}

Answer read_answer(const std::string& records) {
    Answer answer;
    std::size_t at = 0;
    while (at + 8 <= records.size()) {
        const auto byte = [&](std::size_t i) {
            return static_cast<std::size_t>(static_cast<unsigned char>(records[at + i]));
        };
        const std::size_t size = byte(4) * 256 + byte(5);
        if (byte(1) == 6) answer.text += records.substr(at + 8, size);
        if (byte(1) == 3) answer.ended = true;
        at += 8 + size + byte(6);
    }
    if (answer.text.rfind("Status: ", 0) == 0) answer.status = std::atoi(answer.text.c_str() + 8);
    const auto gap = answer.text.find("\r\n\r\n");
    if (gap != std::string::npos) answer.body = answer.text.substr(gap + 4);
    return answer;
}

Answer get(const std::string& socket, const std::string& path, const Parameters& more) {
    const Connection connection(socket);
    if (!connection.open()) return {};
    connection.say(head_records(request_of("GET", path, more)) + body_records({}));
    return read_answer(connection.hear(kPatience));
}

Answer post(const std::string& socket, const std::string& path, const std::string& body,
            const Parameters& more) {
    Parameters parameters = request_of("POST", path, {});
    parameters["CONTENT_LENGTH"] = std::to_string(body.size());
    parameters["CONTENT_TYPE"] = "application/x-www-form-urlencoded";
    for (const auto& [name, value] : more) parameters[name] = value;
    const Connection connection(socket);
    if (!connection.open()) return {};
    connection.say(head_records(parameters) + body_records(body));
    return read_answer(connection.hear(kPatience));
}

}  // namespace pool_test
