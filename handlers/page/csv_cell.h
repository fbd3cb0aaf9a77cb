#pragma once

#include <string>
#include <string_view>

#include "fcgi/http/response.h"

namespace portal {

/// Ends a row.
inline constexpr std::string_view kRowEnd = "\r\n";
/// Begins a file: without it some spreadsheets take its text for another encoding.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// A text as a cell in quotes that no spreadsheet takes for a formula, whatever it splits at:
/// semicolons, tabs and line ends become blanks, and before what a formula begins with comes an
/// apostrophe. `utf8` is valid UTF-8. The same rule as in views/static/js/csv.js.
[[nodiscard]] std::string csv_cell(std::string_view utf8);

/// A number as a cell, with a point.
[[nodiscard]] std::string csv_number(double number);

/// An answer that a browser keeps as a file of that name, not yet with rows. Nobody else may see
/// it.
[[nodiscard]] Response csv_file(const std::string& name);

}  // namespace portal
