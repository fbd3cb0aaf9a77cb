# cmake -DOUTPUT=header -DNAMESPACE=name -DFILES=a.sql,b.sql -P embed.cmake
# Writes a header with one constant per file: a_b.sql becomes kAB = {"a_b", "text"}, the text
# without its comments.
string(REPLACE "," ";" files "${FILES}")
set(constants "")
foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} text)
    string(REGEX REPLACE "(^|\n)--[^\n]*" "" text "${text}")
    if(text MATCHES "[;\"]")
        message(FATAL_ERROR "${file}: one statement, without ; or \"")
    endif()
    string(STRIP "${text}" text)
    set(constant "")
    string(REPLACE "_" ";" words ${name})
    foreach(word IN LISTS words)
        string(SUBSTRING ${word} 0 1 first)
        string(SUBSTRING ${word} 1 -1 rest)
        string(TOUPPER ${first} first)
        string(APPEND constant ${first}${rest})
    endforeach()
    string(APPEND constants
        "inline constexpr Query k${constant}{\"${name}\", R\"sql(${text})sql\"};\n")
endforeach()
file(WRITE ${OUTPUT}
"#pragma once

#include \"sql/query.h\"

// Made from the .sql files beside query.h.
namespace ${NAMESPACE} {

${constants}
}  // namespace ${NAMESPACE}
")
