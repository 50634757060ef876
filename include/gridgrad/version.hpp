// gridgrad/version.hpp: the version, written once; the build reads it from here
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#define GRIDGRAD_VERSION "0.1.0"
