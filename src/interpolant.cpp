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
#include "stored_sample.hpp"
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

// The offset of element number `flat`, in C order, of the leading axes.
std::ptrdiff_t offset_of(std::size_t flat, std::span<const std::size_t> extents,
                         std::span<const std::ptrdiff_t> strides) {
  std::ptrdiff_t offset = 0;
  for (std::size_t d = extents.size(); d-- > 0;) {
    offset += static_cast<std::ptrdiff_t>(flat % extents[d]) * strides[d];
    flat /= extents[d];
  }
  return offset;
}

double coordinate(const AnyField& locations, std::ptrdiff_t offset) {
  return dispatch(locations.type, [&]<class T>() -> double {
    if constexpr (std::same_as<T, std::complex<float>> ||
                  std::same_as<T, std::complex<double>>) {
      return not_there;  // refused before
    } else {
      return value_of(static_cast<const T*>(locations.data)[offset]);
    }
  });
}

// Where the results of a row of locations go. Those of one location are written in C
// order, to the array itself if that is dense, else to a buffer first.
class RowTarget {
 public:
  RowTarget(const std::optional<AnyOutput>& out, std::size_t leading)
      : out_(out ? &*out : nullptr), leading_(leading) {
    if (out_ == nullptr) return;
    own_ = out_->extents.subspan(leading);
    std::size_t size = 1;
    for (std::size_t d = own_.size(); d-- > 0; size *= own_[d]) {
      const auto dense = static_cast<std::ptrdiff_t>(size);
      is_dense_ = is_dense_ && (own_[d] == 1 || out_->strides[leading + d] == dense);
    }
    buffer_.resize(is_dense_ ? 0 : size);
  }

  void start_row(std::size_t first) {
    if (out_ == nullptr) return;
    next_ = static_cast<double*>(out_->data) +
            offset_of(first, out_->extents.first(leading_), out_->strides);
    step_ = leading_ == 0 ? 0 : out_->strides[leading_ - 1];
  }

  [[nodiscard]] double* results() noexcept { return is_dense_ ? next_ : buffer_.data(); }
  [[nodiscard]] bool is_dense() const noexcept { return is_dense_; }
  [[nodiscard]] std::ptrdiff_t step() const noexcept { return step_; }

  // To be called when the results of a location are written.
  void move_on() noexcept {
    for (std::size_t k = 0; k < buffer_.size(); ++k) {
      next_[offset_of(k, own_, out_->strides.subspan(leading_))] = buffer_[k];
    }
    next_ += step_;
  }

  // The same for several locations, whose results are in the array.
  void skip(std::size_t locations) noexcept {
    next_ += static_cast<std::ptrdiff_t>(locations) * step_;
  }

 private:
  const AnyOutput* out_;
  std::size_t leading_;
  std::span<const std::size_t> own_ = {};
  bool is_dense_ = true;
  std::vector<double> buffer_ = {};
  double* next_ = nullptr;
  std::ptrdiff_t step_ = 0;
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

  // Row by row: the locations that differ in the last of the leading indices.
  void run(Range range) const {
    Targets targets = {
        {to.value, leading()}, {to.gradient, leading()}, {to.hessian, leading()}};
    std::vector<double> workspace(
        patches.rank() > most_query_axes ? query_workspace(patches) : 0);
    const std::size_t row = leading() == 0 ? 1 : locations.extents[leading() - 1];
    for (std::size_t first = range.first; first < range.last;) {
      const std::size_t count = std::min(range.last - first, row - first % row);
      run_row({first, first + count}, targets, workspace);
      first += count;
    }
  }

  static void run_part(void* context, Range range) {
    static_cast<const Batch*>(context)->run(range);
  }

 private:
  struct Targets {
    RowTarget value;
    RowTarget gradient;
    RowTarget hessian;

    [[nodiscard]] QueryResults results() noexcept {
      return {value.results(), gradient.results(), hessian.results()};
    }
    [[nodiscard]] bool are_dense() const noexcept {
      return value.is_dense() && gradient.is_dense() && hessian.is_dense();
    }
    void start_row(std::size_t first) {
      value.start_row(first);
      gradient.start_row(first);
      hessian.start_row(first);
    }
    void move_on() noexcept {
      value.move_on();
      gradient.move_on();
      hessian.move_on();
    }
    void skip(std::size_t locations) noexcept {
      value.skip(locations);
      gradient.skip(locations);
      hessian.skip(locations);
    }
  };

  [[nodiscard]] bool are_dense() const {
    return locations.type == ElementType::float64 && locations.strides.back() == 1;
  }

  void run_row(Range row, Targets& targets, std::vector<double>& workspace) const {
    targets.start_row(row.first);
    const std::span<const std::size_t> shape = locations.extents.first(leading());
    const std::size_t last = leading() - (leading() == 0 ? 0 : 1);
    std::ptrdiff_t from = offset_of(row.first, shape, locations.strides);
    std::uint8_t* status = nullptr;
    if (to.status) {
      status = static_cast<std::uint8_t*>(to.status->data) +
               offset_of(row.first, shape, to.status->strides);
    }
    const auto note = [&](Status found) {
      from += locations.strides[last];
      if (status == nullptr) return;
      *status = static_cast<std::uint8_t>(found);
      status += leading() == 0 ? 0 : to.status->strides[last];
    };
    const bool has_kernel =
        patches.shared() != nullptr && are_dense() && targets.are_dense();
    std::array<double, most_axes> copy;
    for (std::size_t i = row.first; i < row.last; ++i) {
      if (has_kernel) {
        const std::size_t answered = answer_by_kernel(from, row.last - i, targets);
        for (std::size_t k = 0; k < answered; ++k) note(Status::inside);
        targets.skip(answered);
        i += answered;
        if (i == row.last) return;
      }
      note(answer(location(from, copy), targets.results(), workspace));
      targets.move_on();
    }
  }

  // Answers locations up to the first that no kernel does; returns their number.
  [[nodiscard]] std::size_t answer_by_kernel(std::ptrdiff_t from, std::size_t count,
                                             Targets& targets) const {
    const QueryResults to_first = targets.results();
    const kernels::PatchRow row = {static_cast<const double*>(locations.data) + from,
                                   to_first,
                                   count,
                                   leading() == 0 ? 0 : locations.strides[leading() - 1],
                                   targets.value.step(),
                                   targets.gradient.step(),
                                   targets.hessian.step()};
    return patches.kernels(order_of(to_first)).answer_row(*patches.shared(), row);
  }

  [[nodiscard]] Status answer(const double* at, const QueryResults& results,
                              std::vector<double>& workspace) const {
    if (workspace.empty()) return query_anywhere(patches, at, results);
    return query_any_rank(patches, at, results, workspace.data());
  }

  // The coordinates of one location, in memory or in a copy.
  [[nodiscard]] const double* location(std::ptrdiff_t from,
                                       std::array<double, most_axes>& copy) const {
    if (are_dense()) {
      return static_cast<const double*>(locations.data) + from;
    }
    for (std::size_t a = 0; a < patches.rank(); ++a) {
      copy[a] = coordinate(locations, from);
      from += locations.strides.back();
    }
    return copy.data();
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
