#include "fcgi/server/body_reader.h"

#include <algorithm>

#include "fcgi/server/records.h"

namespace portal {

std::string BodyReader::feed(std::string_view bytes) {
    std::string body;
    while (!bytes.empty() && !ended_ && !broken_) {
        if (content_ > 0 || padding_ > 0) {
            std::size_t& left = content_ > 0 ? content_ : padding_;
            const std::size_t step = std::min(left, bytes.size());
            if (content_ > 0) body += bytes.substr(0, step);
            left -= step;
            bytes.remove_prefix(step);
            continue;
        }
        header_[have_++] = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        if (have_ == header_.size()) record();
    }
    return body;
}

void BodyReader::record() {
    have_ = 0;
    const RecordHeader record = read_record_header(header_);
    content_ = record.content;
    padding_ = record.padding;
    broken_ =
        record.version != kFastCgiVersion || record.request != request_ || record.type != kStdin;
    ended_ = !broken_ && content_ == 0;
}

}  // namespace portal
