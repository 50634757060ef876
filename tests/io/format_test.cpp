// tests/io/format_test.cpp: formats by the first bytes of files, then by their suffix
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/format.hpp"

#include <gtest/gtest.h>

#include <string>

#include "gridgrad/error.hpp"
#include "scratch.hpp"

namespace gridgrad::test {
namespace {

using io::Format;
using io::recognise;

const std::string hdf5_bytes("\x89HDF\r\n\x1a\n", 8);

TEST(Recognise, Hdf5FilesAreNetcdfUnlessTheirNameSaysOtherwise) {
  const Scratch scratch;

  EXPECT_EQ(recognise(scratch.file("a.nc", hdf5_bytes)), Format::netcdf);
  EXPECT_EQ(recognise(scratch.file("a", hdf5_bytes)), Format::netcdf);
  for (const char* const name : {"a.h5", "a.hdf5", "a.hdf", "a.he5"}) {
    EXPECT_EQ(recognise(scratch.file(name, hdf5_bytes)), Format::hdf5) << name;
  }
}

TEST(Recognise, Hdf5MayBeginAfterBytesOfOthers) {
  const Scratch scratch;

  for (const std::size_t room : {512, 1024, 4096}) {
    EXPECT_EQ(
        recognise(scratch.file("a.h5", std::string(room, '#') + hdf5_bytes + "rest")),
        Format::hdf5)
        << room;
  }
  EXPECT_THROW(static_cast<void>(
                   recognise(scratch.file("a.h5", std::string(700, '#') + hdf5_bytes))),
               Error);
}

TEST(Recognise, NamesAloneDoNotMakeAFormatOfBytes) {
  const Scratch scratch;

  EXPECT_THROW(static_cast<void>(recognise(scratch.file("a.h5", "not HDF5"))), Error);
  EXPECT_EQ(recognise(scratch.file("b.h5", "CDF\x01 and more")), Format::netcdf);
}

}  // namespace
}  // namespace gridgrad::test
