# cmake -D OUTPUT=viewer.cpp -D "PAGE=..." -D "STYLE=..." -D "SCRIPT=...;..." -P embed.cmake:
# makes the definitions of viewer.hpp. A literal per file: compilers bound their lengths.
function(literals variable)
  set(text "")
  foreach(file IN LISTS ARGN)
    file(READ ${file} content)
    string(APPEND text "\n    R\"~~~(${content})~~~\"")
  endforeach()
  set(${variable} "${text}" PARENT_SCOPE)
endfunction()

literals(page ${PAGE})
literals(style ${STYLE})
literals(script ${SCRIPT})
file(WRITE ${OUTPUT} "// Made by embed.cmake.
#include \"pictures/viewer.hpp\"

namespace gridgrad::cli {

const std::string_view viewer_page =${page};
const std::string_view viewer_style =${style};
const std::string_view viewer_script =${script};

}  // namespace gridgrad::cli
")
