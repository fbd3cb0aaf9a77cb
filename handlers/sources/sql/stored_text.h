#pragma once

#include <string>
#include <string_view>

namespace portal::sql {

/// How texts were stored in columns that are declared latin1.
enum class StoredText { Guessed, Declared, Bytes };

/// A text of Slurm's tables as valid UTF-8. slurmdbd writes through whatever client library it was
/// built with: columns declared latin1 hold letters in latin1, in UTF-8, or both after an upgrade.
/// Guessed decides for each text: one that the server has converted from latin1 is taken back to
/// its bytes, and if those are UTF-8 beyond ASCII, they are what was meant. Declared believes the
/// column; Bytes is for texts that come as they are stored.
[[nodiscard]] std::string readable(std::string_view text, StoredText kind);

}  // namespace portal::sql
