// io/hdf5/storage.cpp: properties of datasets
//
// SPDX-License-Identifier: BSD-3-Clause

#include "storage.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "../hdf5_filters.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/strided_view.hpp"

namespace gridgrad::io::hdf5 {
namespace {

// Chunks are shorter than 4 GiB.
constexpr std::size_t most_bytes_of_chunk = std::numeric_limits<std::uint32_t>::max();

struct PipelineStep {
  unsigned id = 0;
  int level = 0;
};

std::vector<PipelineStep> pipeline_of(hid_t creation, const std::string& name) {
  const auto count = require(H5Pget_nfilters(creation), name);
  std::vector<PipelineStep> steps;
  for (unsigned k = 0; k < static_cast<unsigned>(count); ++k) {
    unsigned flags = 0;
    std::array<unsigned, 8> options = {};
    std::size_t option_count = options.size();
    const H5Z_filter_t id = H5Pget_filter2(creation, k, &flags, &option_count,
                                           options.data(), 0, nullptr, nullptr);
    steps.push_back({static_cast<unsigned>(require(id, name)),
                     option_count > 0 ? static_cast<int>(options[0]) : 0});
  }
  return steps;
}

bool has_level(const std::string& filter) {
  return filter == "deflate" || filter == "zstd";
}

std::vector<Filter> filters_of(hid_t creation, const std::string& name) {
  std::vector<Filter> filters;
  for (const PipelineStep& step : pipeline_of(creation, name)) {
    const std::string filter = hdf5_filter_name(step.id);
    filters.push_back({filter, has_level(filter) ? step.level : 0});
  }
  return filters;
}

void add_filter(hid_t creation, const Filter& filter, const std::string& name) {
  if (filter.name == "shuffle") {
    require(H5Pset_shuffle(creation), name);
  } else if (filter.name == "fletcher32") {
    require(H5Pset_fletcher32(creation), name);
  } else if (filter.name == "deflate") {
    require(H5Pset_deflate(creation, static_cast<unsigned>(filter.level)), name);
  } else {
    throw Error(ErrorCode::unsupported, name,
                "compression " + filter.name +
                    " cannot be written to HDF5; deflate can, or none");
  }
}

// A chunk may not be longer than an axis that cannot grow.
std::vector<hsize_t> fitting_chunks(const Variable& variable,
                                    std::span<const Dimension> dimensions) {
  std::vector<std::size_t> chunks = variable.storage.chunks;
  if (chunks.empty()) {
    std::vector<std::size_t> extents;
    for (const Dimension& dimension : dimensions) extents.push_back(dimension.extent);
    chunks = usual_chunks(extents, size_of(*variable.type));
  }
  std::size_t bytes = size_of(*variable.type);
  for (std::size_t axis = 0; axis < dimensions.size(); ++axis) {
    std::size_t& chunk = chunks[axis];
    if (!dimensions[axis].is_unlimited) chunk = std::min(chunk, dimensions[axis].extent);
    chunk = std::max<std::size_t>(1, std::min(chunk, most_bytes_of_chunk / bytes));
    bytes *= chunk;
  }
  return {chunks.begin(), chunks.end()};
}

}  // namespace

Storage storage_of(hid_t dataset, const std::string& name) {
  const Identifier creation(H5Dget_create_plist(dataset), name);
  if (H5Pget_layout(creation) != H5D_CHUNKED) return {};
  std::array<hsize_t, max_rank> chunks = {};
  const auto rank =
      require(H5Pget_chunk(creation, static_cast<int>(max_rank), chunks.data()), name);
  return {{chunks.begin(), chunks.begin() + rank}, filters_of(creation, name)};
}

void require_filters(hid_t dataset, const std::string& name) {
  const Identifier creation(H5Dget_create_plist(dataset), name);
  for (const PipelineStep& step : pipeline_of(creation, name)) {
    if (H5Zfilter_avail(static_cast<H5Z_filter_t>(step.id)) > 0) continue;
    throw Error(ErrorCode::unsupported, name, hdf5_filter_refusal(step.id));
  }
}

Identifier creation_of(const Variable& variable, std::span<const Dimension> dimensions) {
  Identifier creation(H5Pcreate(H5P_DATASET_CREATE), variable.name);
  require(
      H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
      variable.name);
  // Every sample is written, so filling first would write them twice.
  require(H5Pset_fill_time(creation, H5D_FILL_TIME_NEVER), variable.name);
  const bool is_empty = std::ranges::any_of(dimensions, [](const Dimension& dimension) {
    return dimension.extent == 0 && !dimension.is_unlimited;
  });
  const bool may_grow = std::ranges::any_of(dimensions, &Dimension::is_unlimited);
  const bool is_chunked = may_grow || !variable.storage.chunks.empty();
  if (dimensions.empty() || is_empty || !is_chunked) return creation;
  const std::vector<hsize_t> chunks = fitting_chunks(variable, dimensions);
  require(H5Pset_chunk(creation, static_cast<int>(chunks.size()), chunks.data()),
          variable.name);
  for (const Filter& filter : variable.storage.filters) {
    add_filter(creation, filter, variable.name);
  }
  return creation;
}

Selection::Selection(hid_t dataset, const Box& box, const std::string& name)
    : file(H5Dget_space(dataset), name) {
  if (box.extents.empty()) {
    memory = Identifier(H5Screate(H5S_SCALAR), name);
    return;
  }
  const std::vector<hsize_t> first(box.first.begin(), box.first.end());
  const std::vector<hsize_t> extents(box.extents.begin(), box.extents.end());
  require(H5Sselect_hyperslab(file, H5S_SELECT_SET, first.data(), nullptr, extents.data(),
                              nullptr),
          name);
  memory = Identifier(
      H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr), name);
}

}  // namespace gridgrad::io::hdf5
