// io/geotiff/nodata.hpp: the text of GDAL's tag for samples that are missing
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <optional>
#include <string>

#include "gridgrad/element.hpp"
#include "gridgrad/io/dataset.hpp"

namespace gridgrad::io::geotiff {

// The attribute _FillValue that the text stands for; nothing if no sample of `type` can
// have the number, which GDAL ignores as well.
[[nodiscard]] std::optional<AttributeValue> fill_value(const std::string& nodata,
                                                       ElementType type);

// The text for results of `type` whose missing samples are `fill`: `nodata` itself where
// it says the same.
[[nodiscard]] std::string nodata_for(double fill, const std::string& nodata,
                                     ElementType type);

}  // namespace gridgrad::io::geotiff
