#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fcgi/http/request.h"

namespace portal {

inline constexpr std::string_view kFormType = "application/x-www-form-urlencoded";
inline constexpr std::string_view kMultipartType = "multipart/form-data";

/// The fields of a form, or why they cannot be read.
struct Form {
    std::vector<QueryParameter> fields;  ///< in their order; values are the bytes that were sent
    std::string error;                   ///< in English, for programmers; empty: all was read
};

/// Reads a body of one of these two types, files as fields like others. At most 64 fields.
[[nodiscard]] Form read_form(std::string_view content_type, std::string_view body);

/// The fields of a page's form, which are texts. Throws HttpError 400 if they cannot be read or are
/// not UTF-8.
[[nodiscard]] std::vector<QueryParameter> read_text_form(std::string_view content_type,
                                                         std::string_view body);

}  // namespace portal
