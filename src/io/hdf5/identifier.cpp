// io/hdf5/identifier.cpp: one line out of HDF5's stack of errors
//
// SPDX-License-Identifier: BSD-3-Clause

#include "identifier.hpp"

#include <algorithm>
#include <string_view>

#include "gridgrad/error.hpp"

namespace gridgrad::io::hdf5 {
namespace {

herr_t keep_innermost(unsigned depth, const H5E_error2_t* entry, void* text) noexcept {
  if (depth == 0 && entry->desc != nullptr) {
    *static_cast<std::string*>(text) = entry->desc;
  }
  return 0;
}

// "file write failed: time = ..., error message = 'No space left on device', buf = ..."
// says what matters in its first words and in the quotes.
std::string without_details(const std::string& reason) {
  constexpr std::string_view mark = "error message = '";
  const std::size_t at = reason.find(mark);
  if (at == std::string::npos) return reason;
  const std::string words = reason.substr(0, reason.find(':'));
  const std::string system = reason.substr(at + mark.size());
  return words + ": " + system.substr(0, system.find('\''));
}

std::string innermost_reason() {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &reason);
  reason = without_details(reason);
  std::ranges::replace(reason, '\n', ' ');
  return reason.empty() ? "HDF5 gives no reason" : reason;
}

}  // namespace

std::int64_t require(std::int64_t status, const std::string& argument) {
  if (status >= 0) return status;
  throw Error(ErrorCode::io, argument, innermost_reason());
}

void keep_errors_silent() noexcept {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

}  // namespace gridgrad::io::hdf5
