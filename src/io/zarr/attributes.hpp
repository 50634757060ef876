// io/zarr/attributes.hpp: attributes between JSON and what other formats have
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <string>
#include <vector>

#include "gridgrad/io/dataset.hpp"
#include "json.hpp"

namespace gridgrad::io::zarr {

// Text is text; numbers and lists of them are int64 where all are whole, else float64;
// lists of text are lists. What only JSON has (objects, true, null, lists of lists) is
// the text of its JSON.
[[nodiscard]] Attribute attribute_from(const std::string& name, const Json& value);

// Lists of one number become the number: other formats do not tell these apart.
[[nodiscard]] Json json_of(const AttributeValue& value);

// What was read, to be written as it was: with it, nothing is lost between two stores.
class OriginalAttributes {
 public:
  void add(const Json& attributes);

  // As it was read, if an attribute of this name and value was; else as above.
  [[nodiscard]] Json json_of(const Attribute& attribute) const;

 private:
  struct Original {
    Attribute attribute;
    Json value;
  };
  std::vector<Original> originals_;  // only those that would become something else
};

// xarray's form of `_FillValue`: base64 of a float64 for floating samples, else a number.
[[nodiscard]] Json encoded_fill(const AttributeValue& value);

// The number in xarray's form, or one that is written as such.
[[nodiscard]] Json decoded_fill(const Json& value);

}  // namespace gridgrad::io::zarr
