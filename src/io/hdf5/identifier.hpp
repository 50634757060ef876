// io/hdf5/identifier.hpp: identifiers of HDF5, closed when they go out of scope
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <hdf5.h>

#include <cstdint>
#include <string>
#include <utility>

namespace gridgrad::io::hdf5 {

// Throws Error: io with HDF5's innermost reason if `status` says failure, else returns
// it.
std::int64_t require(std::int64_t status, const std::string& argument);

// HDF5 prints its errors unless told otherwise, once in every thread.
void keep_errors_silent() noexcept;

class Identifier {
 public:
  Identifier() = default;

  // Throws Error as `require` does, for what HDF5 could not open or make.
  Identifier(hid_t id, const std::string& argument) : id_(require(id, argument)) {}

  // Takes what may have failed; `is_open` says so.
  explicit Identifier(hid_t id) noexcept : id_(id) {}

  Identifier(Identifier&& other) noexcept
      : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
  Identifier& operator=(Identifier&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Identifier() {
    if (id_ >= 0) H5Idec_ref(id_);
  }

  [[nodiscard]] bool is_open() const noexcept { return id_ >= 0; }
  [[nodiscard]] hid_t release() noexcept { return std::exchange(id_, H5I_INVALID_HID); }

  operator hid_t() const noexcept { return id_; }

 private:
  hid_t id_ = H5I_INVALID_HID;
};

}  // namespace gridgrad::io::hdf5
