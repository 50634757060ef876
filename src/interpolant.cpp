// interpolant.cpp: batches of locations, and their weights
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/interpolant.hpp"

#include <algorithm>
#include <complex>
#include <string>
#include <vector>

#include "element_dispatch.hpp"
#include "location_rows.hpp"
#include "message.hpp"
#include "patches.hpp"
#include "query.hpp"
#include "threads.hpp"

namespace gridgrad {
namespace {

[[noreturn]] void refuse(ErrorCode code, const std::string& argument,
                         const std::string& message) {
  throw Error(code, argument, message);
}

void check_locations(const AnyField& locations, std::size_t rank) {
  const std::span<const std::size_t> shape = locations.extents;
  if (shape.empty() || shape.back() != rank) {
    refuse(ErrorCode::bad_shape, "locations",
           "shape " + shape_text(shape) +
               " given; the last extent is the rank of the "
               "field, " +
               std::to_string(rank));
  }
  if (locations.type == ElementType::complex64 ||
      locations.type == ElementType::complex128) {
    refuse(ErrorCode::bad_type, "locations",
           std::string(name(locations.type)) + " given; real numbers are needed");
  }
}

// A result has the shape of the locations without their last axis, and axes of its own.
void check_result(const AnyField& locations, const AnyOutput& out,
                  const std::string& argument, std::span<const std::size_t> own) {
  std::vector<std::size_t> needed(locations.extents.begin(), locations.extents.end() - 1);
  needed.insert(needed.end(), own.begin(), own.end());
  if (!std::ranges::equal(out.extents, needed)) {
    refuse(ErrorCode::bad_shape, argument,
           "shape " + shape_text(out.extents) + " given; " + shape_text(needed) +
               " is needed");
  }
  const ElementType type =
      argument == "status" ? ElementType::uint8 : ElementType::float64;
  if (out.type == type) return;
  refuse(
      ErrorCode::bad_type, argument,
      std::string(name(out.type)) + " given; " + std::string(name(type)) + " is needed");
}

void check_along(std::span<const std::size_t> along, std::size_t rank) {
  if (along.size() > 2) {
    refuse(ErrorCode::bad_axis, "along",
           std::to_string(along.size()) + " axes given; at most 2 are accepted");
  }
  for (const std::size_t axis : along) {
    if (axis < rank) continue;
    refuse(
        ErrorCode::bad_axis, "along",
        "axis " + std::to_string(axis) + " of a field of rank " + std::to_string(rank));
  }
}

// Steps through the leading indices of arrays that share them.
class LeadingIndices {
 public:
  LeadingIndices(std::span<const std::size_t> extents, std::size_t start)
      : extents_(extents) {
    for (std::size_t d = extents.size(); d-- > 0;) {
      index_[d] = start % extents[d];
      start /= extents[d];
    }
  }

  [[nodiscard]] std::ptrdiff_t offset(std::span<const std::ptrdiff_t> strides) const {
    std::ptrdiff_t offset = 0;
    for (std::size_t d = 0; d < extents_.size(); ++d) {
      offset += static_cast<std::ptrdiff_t>(index_[d]) * strides[d];
    }
    return offset;
  }

  void next() {
    for (std::size_t d = extents_.size(); d-- > 0;) {
      if (++index_[d] < extents_[d]) return;
      index_[d] = 0;
    }
  }

 private:
  std::span<const std::size_t> extents_;
  std::array<std::size_t, max_rank> index_;
};

double coordinate(const AnyField& locations, std::ptrdiff_t offset) {
  return dispatch(locations.type, [&]<class T>() -> double {
    const T number = static_cast<const T*>(locations.data)[offset];
    if constexpr (std::same_as<T, Float16> || std::same_as<T, BFloat16>) {
      return to_float(number);
    } else if constexpr (std::same_as<T, std::complex<float>> ||
                         std::same_as<T, std::complex<double>>) {
      return 0;  // refused before
    } else {
      return static_cast<double>(number);
    }
  });
}

// The results of one location, in C order; written to arrays of any strides.
class Scatter {
 public:
  Scatter(const std::optional<AnyOutput>& out, std::size_t leading)
      : out_(out ? &*out : nullptr), leading_(leading) {
    if (out_ == nullptr) return;
    own_ = out_->extents.subspan(leading);
    std::size_t size = 1;
    std::ptrdiff_t stride = 1;
    for (std::size_t d = own_.size(); d-- > 0;) {
      is_dense_ = is_dense_ && (own_[d] == 1 || out_->strides[leading + d] == stride);
      stride *= static_cast<std::ptrdiff_t>(own_[d]);
      size *= own_[d];
    }
    if (!is_dense_) buffer_.resize(size);
  }

  // Where the results of a location may be written.
  [[nodiscard]] double* target(const LeadingIndices& at) {
    if (out_ == nullptr) return nullptr;
    first_ = static_cast<double*>(out_->data) + at.offset(out_->strides.first(leading_));
    return is_dense_ ? first_ : buffer_.data();
  }

  // To be called when they are.
  void flush() const {
    if (is_dense_) return;
    LeadingIndices index(own_, 0);
    for (const double number : buffer_) {
      first_[index.offset(out_->strides.subspan(leading_))] = number;
      index.next();
    }
  }

 private:
  const AnyOutput* out_;
  std::size_t leading_;
  std::span<const std::size_t> own_ = {};
  bool is_dense_ = true;
  std::vector<double> buffer_ = {};
  double* first_ = nullptr;
};

// A batch of locations.
struct Batch {
  const Patches& patches;
  const AnyField& locations;
  const Evaluation& to;

  [[nodiscard]] std::size_t leading() const { return locations.extents.size() - 1; }
  [[nodiscard]] std::size_t size() const {
    std::size_t count = 1;
    for (const std::size_t extent : locations.extents.first(leading())) count *= extent;
    return count;
  }

  void run(Range range) const {
    const std::size_t rank = patches.rank();
    LeadingIndices at(locations.extents.first(leading()), range.first);
    Scatter value(to.value, leading());
    Scatter gradient(to.gradient, leading());
    Scatter hessian(to.hessian, leading());
    const bool is_large = patches.query() == nullptr;
    std::vector<double> workspace(is_large ? query_workspace(patches) : 0);
    std::array<double, most_axes> location;
    for (std::size_t i = range.first; i < range.last; ++i, at.next()) {
      read(at, {location.data(), rank});
      const QueryResults results = {value.target(at), gradient.target(at),
                                    hessian.target(at)};
      const Status status =
          is_large ? query_any_rank(patches, location.data(), results, workspace.data())
                   : patches.query()(patches, location.data(), results);
      value.flush();
      gradient.flush();
      hessian.flush();
      if (!to.status) continue;
      static_cast<std::uint8_t*>(to.status->data)[at.offset(to.status->strides)] =
          static_cast<std::uint8_t>(status);
    }
  }

  static void run_part(void* context, Range range) {
    static_cast<const Batch*>(context)->run(range);
  }

 private:
  void read(const LeadingIndices& at, std::span<double> location) const {
    std::ptrdiff_t offset = at.offset(locations.strides.first(leading()));
    for (double& number : location) {
      number = locations.type == ElementType::float64
                   ? static_cast<const double*>(locations.data)[offset]
                   : coordinate(locations, offset);
      offset += locations.strides.back();
    }
  }
};

}  // namespace

AnyInterpolant::AnyInterpolant(const AnyField& field, std::span<const Axis> axes,
                               const InterpolantOptions& options, Execution execution)
    : patches_(std::make_shared<Patches>(field, axes, options, execution)) {}

std::size_t AnyInterpolant::rank() const noexcept {
  return patches_->rank();
}

std::size_t AnyInterpolant::components() const noexcept {
  return patches_->components();
}

void AnyInterpolant::update(Execution execution) const {
  patches_->update(execution);
}

void AnyInterpolant::evaluate(const AnyField& locations, const Evaluation& to) const {
  const std::size_t rank = patches_->rank();
  check_locations(locations, rank);
  std::vector<std::size_t> own;
  if (patches_->is_vector()) own.push_back(patches_->components());
  if (to.value) check_result(locations, *to.value, "value", own);
  own.push_back(rank);
  if (to.gradient) check_result(locations, *to.gradient, "gradient", own);
  own.push_back(rank);
  if (to.hessian) check_result(locations, *to.hessian, "hessian", own);
  if (to.status) check_result(locations, *to.status, "status", {});
  Batch batch = {*patches_, locations, to};
  const std::size_t count = batch.size();
  if (count == 0) return;
  constexpr std::size_t few = 1024;  // locations: below, threads cost more than they save
  std::size_t threads = to.execution.threads;
  if (threads == 0) threads = count < few ? 1 : default_threads();
  for_each_part(count, std::min(threads, count), Batch::run_part, &batch);
}

SparseRows AnyInterpolant::rows(const AnyField& locations,
                                std::span<const std::size_t> along) const {
  check_locations(locations, patches_->rank());
  check_along(along, patches_->rank());
  if (patches_->interpolation() == Interpolation::spline) {
    refuse(ErrorCode::unsupported, "interpolation",
           "the weights of a spline reach all samples; linear and cubic have rows");
  }
  if (locations.extents.size() != 2) {
    refuse(ErrorCode::bad_shape, "locations",
           "shape " + shape_text(locations.extents) +
               " given; rows take n locations of shape (n, rank)");
  }
  SparseRows rows;
  rows.starts.push_back(0);
  std::vector<double> location(patches_->rank());
  for (std::size_t i = 0; i < locations.extents[0]; ++i) {
    for (std::size_t a = 0; a < location.size(); ++a) {
      location[a] = coordinate(locations,
                               static_cast<std::ptrdiff_t>(i) * locations.strides[0] +
                                   static_cast<std::ptrdiff_t>(a) * locations.strides[1]);
    }
    append_location_row(*patches_, location, along, rows);
  }
  return rows;
}

}  // namespace gridgrad
