// cli/pictures/line_shape.cpp: samples of a line as what is drawn
//
// SPDX-License-Identifier: BSD-3-Clause

#include "line_shape.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gridgrad::cli {
namespace {

constexpr double columns_per_unit = 2;

// Collects points that are connected.
class ShapeBuilder {
 public:
  void add(Point point) { run_.push_back(point); }

  void end_run() {
    if (run_.size() == 1) shape_.dots.push_back(run_.front());
    if (run_.size() > 1) shape_.runs.push_back(std::move(run_));
    run_.clear();
  }

  LineShape finish() {
    end_run();
    return std::move(shape_);
  }

 private:
  LineShape shape_;
  std::vector<Point> run_;
};

// Samples of one column of pixels that are not missing, by their numbers.
struct Column {
  std::size_t first = 0;
  std::size_t least = 0;
  std::size_t most = 0;
  std::size_t last = 0;
};

class Samples {
 public:
  Samples(std::span<const double> positions, std::span<const double> samples,
          const LineFrame& frame)
      : positions_(positions), samples_(samples), frame_(frame) {}

  [[nodiscard]] LineShape all() const {
    ShapeBuilder builder;
    for (std::size_t i = 0; i < samples_.size(); ++i) {
      if (is_missing(i)) {
        builder.end_run();
      } else {
        builder.add(point(i));
      }
    }
    return builder.finish();
  }

  [[nodiscard]] LineShape envelope() const {
    ShapeBuilder builder;
    std::size_t last = 0;  // that was drawn
    for (std::size_t i = 0; i < samples_.size();) {
      if (is_missing(i)) {
        ++i;
        continue;
      }
      const Column column = column_from(i);
      if (i > 0 && last + 1 != i) builder.end_run();
      add(builder, column);
      last = column.last;
      i = column.last + 1;
    }
    return builder.finish();
  }

 private:
  [[nodiscard]] bool is_missing(std::size_t i) const {
    return !std::isfinite(samples_[i]);
  }

  [[nodiscard]] Point point(std::size_t i) const {
    return {frame_.x.at(positions_[i]), frame_.y.at(samples_[i])};
  }

  [[nodiscard]] double column_of(std::size_t i) const {
    return std::floor(frame_.x.at(positions_[i]) * columns_per_unit);
  }

  [[nodiscard]] Column column_from(std::size_t begin) const {
    Column column = {begin, begin, begin, begin};
    const double number = column_of(begin);
    for (std::size_t i = begin; i < samples_.size() && column_of(i) == number; ++i) {
      if (is_missing(i)) continue;
      if (samples_[i] < samples_[column.least]) column.least = i;
      if (samples_[i] > samples_[column.most]) column.most = i;
      column.last = i;
    }
    return column;
  }

  void add(ShapeBuilder& builder, const Column& column) const {
    const auto [early, late] = std::minmax(column.least, column.most);
    builder.add(point(column.first));
    if (early > column.first) builder.add(point(early));
    if (late > early && late < column.last) builder.add(point(late));
    if (column.last > early) builder.add(point(column.last));
  }

  std::span<const double> positions_;
  std::span<const double> samples_;
  const LineFrame& frame_;
};

}  // namespace

LineShape shape_of(std::span<const double> positions, std::span<const double> samples,
                   const LineFrame& frame) {
  const double columns = columns_per_unit * std::abs(frame.x.to - frame.x.from);
  const Samples line(positions, samples, frame);
  return static_cast<double>(samples.size()) <= 2 * columns ? line.all()
                                                            : line.envelope();
}

}  // namespace gridgrad::cli
