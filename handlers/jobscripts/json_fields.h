#pragma once

#include <string>
#include <vector>

namespace portal::jobscripts {

/// One field of an upload's body.
struct Field {
    enum class Kind { Text, Number, Null, Other };
    std::string name;
    Kind kind = Kind::Text;
    std::string value;  ///< bytes of a Text; digits of a Number
};

/// The members of a JSON object in their order, equal names too. Escapes are decoded; a lone
/// surrogate from \udc80 to \udcff is the byte that Python's `surrogateescape` means by it. What
/// is inside nested values is checked and dropped. Throws HttpError 400 for a body that is not JSON
/// in UTF-8, is nested deeper than 32 levels or has more than 64 members.
[[nodiscard]] std::vector<Field> json_fields(const std::string& body);

}  // namespace portal::jobscripts
