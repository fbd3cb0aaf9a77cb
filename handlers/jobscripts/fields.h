#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portal::jobscripts {

/// One field of a request's body.
struct Field {
    enum class Kind { Text, Number, Null, Other };
    std::string name;
    Kind kind = Kind::Text;
    std::string value;  ///< bytes of a Text, digits of a Number
};

/// The fields of a body in their order, equal names too. At most 64. Each throws HttpError 400 that
/// says what is wrong with a body that cannot be read to its end.
///
/// JSON: one object; escapes are decoded, a lone surrogate from \udc80 to \udcff is the byte that
/// Python's `surrogateescape` means by it. What is inside nested values is checked and dropped.
[[nodiscard]] std::vector<Field> json_fields(std::string_view body);
/// application/x-www-form-urlencoded, any bytes.
[[nodiscard]] std::vector<Field> form_fields(std::string_view body);
/// multipart/form-data, any bytes; files are fields like others. `content_type` names the boundary.
[[nodiscard]] std::vector<Field> multipart_fields(std::string_view body,
                                                  std::string_view content_type);

}  // namespace portal::jobscripts
