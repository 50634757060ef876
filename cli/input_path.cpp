// cli/input_path.cpp: a name that exists as it stands is one of a file
//
// SPDX-License-Identifier: BSD-3-Clause

#include "input_path.hpp"

#include "gridgrad/error.hpp"
#include "gridgrad/io/part_file.hpp"

namespace gridgrad::cli {

void split_input(std::string& input, Selection& selection) {
  if (io::name_is_taken(input)) return;
  const std::size_t colon = input.rfind(":/");
  if (colon == std::string::npos || !io::name_is_taken(input.substr(0, colon))) return;
  const std::string variable = input.substr(colon + 1);
  if (!selection.variables.empty()) {
    throw Error(ErrorCode::bad_argument, "variable",
                variable + " of the input and -v given; one of the two is accepted");
  }
  input.resize(colon);
  if (variable != "/") selection.variables.push_back(variable);
}

}  // namespace gridgrad::cli
