// gridgrad/version.hpp: the version, written once; the build reads it from here
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string_view>

namespace gridgrad {

inline constexpr std::string_view version = "0.1.0";

}  // namespace gridgrad
