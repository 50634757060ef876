// cell_reader_test.cpp: what is read of a grid, and the cells that are made of it
//
// SPDX-License-Identifier: BSD-3-Clause

#include "cell_reader.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <numeric>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gridgrad::test {
namespace {

using ::testing::Each;
using ::testing::Ge;
using ::testing::Le;
using Index = std::vector<std::size_t>;

// Of sums that round differently in any other order.
double sample_at(const Index& index) {
  double sample = 0;
  for (const std::size_t i : index) sample = 10 * sample + std::sqrt(1.0 + i);
  return sample;
}

// Calls `visit` with every index of a box, the last axis fastest.
template <class Visit>
void for_each_index(const io::Box& box, Visit visit) {
  Index index = box.first;
  for (std::size_t left = io::size_of(box); left > 0; --left) {
    visit(index);
    for (std::size_t k = index.size(); k-- > 0;) {
      if (++index[k] < box.first[k] + box.extents[k]) break;
      index[k] = box.first[k];
    }
  }
}

// A file of one variable that remembers what was read of it.
class File {
 public:
  explicit File(Index extents, Index chunks = {}) {
    for (const std::size_t extent : extents) {
      cli::ViewedAxis axis;
      axis.extent = extent;
      grid_.axes.push_back(axis);
    }
    grid_.slow_first.resize(extents.size());
    std::iota(grid_.slow_first.begin(), grid_.slow_first.end(), std::size_t{0});
    cli::ViewedField field;
    field.chunks = std::move(chunks);
    field.read = [boxes = boxes_](const io::Box& box) {
      boxes->push_back(box);
      cli::ViewedSamples samples;
      for_each_index(
          box, [&](const Index& index) { samples.real.push_back(sample_at(index)); });
      return samples;
    };
    grid_.fields.push_back(std::move(field));
  }

  [[nodiscard]] const std::vector<io::Box>& boxes() const { return *boxes_; }
  [[nodiscard]] const cli::ViewedGrid& grid() const { return grid_; }
  void store(Index slow_first) { grid_.slow_first = std::move(slow_first); }

  [[nodiscard]] std::size_t samples_read() const {
    std::size_t samples = 0;
    for (const io::Box& box : *boxes_) samples += io::size_of(box);
    return samples;
  }

  // In how many of the boxes each chunk lies.
  [[nodiscard]] Index reads_of_chunks() const {
    const Index& chunks = grid_.fields.front().chunks;
    io::Box numbers{Index(chunks.size(), 0), {}};
    for (std::size_t k = 0; k < chunks.size(); ++k) {
      numbers.extents.push_back((grid_.axes[k].extent + chunks[k] - 1) / chunks[k]);
    }
    Index reads;
    for_each_index(numbers, [&](const Index& chunk) {
      reads.push_back(std::ranges::count_if(boxes(), [&](const io::Box& box) {
        for (std::size_t k = 0; k < chunk.size(); ++k) {
          const std::size_t first = chunk[k] * chunks[k];
          if (first >= box.first[k] + box.extents[k]) return false;
          if (first + chunks[k] <= box.first[k]) return false;
        }
        return true;
      }));
    });
    return reads;
  }

 private:
  std::shared_ptr<std::vector<io::Box>> boxes_ = std::make_shared<std::vector<io::Box>>();
  cli::ViewedGrid grid_;
};

const std::vector<cli::PlannedLayer> one_layer = {
    {"f", "f", "", cli::FieldKind::plain, cli::Measure::value, {0}}};

std::vector<double> cells_of(const File& file, const cli::DrawnAxes& axes,
                             const cli::CellGrid& cells) {
  cli::ProgressLine progress(cli::Progress::never, cli::Notes::hidden, 0);
  return cli::CellReader(file.grid(), axes, one_layer, cells).read(progress).front();
}

// Axes t, y and x; every step is shown.
const cli::DrawnAxes time_leads = {2, 1, {0}, {}};

cli::CellGrid cells_with(const File& file, std::size_t row, std::size_t column) {
  const auto& axes = file.grid().axes;
  return {{axes[1].extent, axes[2].extent, row, column}, {axes[0].extent}, {1}};
}

// Means of 2 x 3 samples, one step after the other.
std::vector<double> means_one_by_one(std::size_t steps, std::size_t rows,
                                     std::size_t columns) {
  std::vector<double> means;
  for (std::size_t t = 0; t < steps; ++t) {
    for (std::size_t row = 0; row < rows; row += 2) {
      for (std::size_t column = 0; column < columns; column += 3) {
        double sum = 0;
        double count = 0;
        for (std::size_t i = row; i < std::min(row + 2, rows); ++i) {
          for (std::size_t j = column; j < std::min(column + 3, columns); ++j) {
            sum += sample_at({t, i, j});
            ++count;
          }
        }
        means.push_back(sum / count);
      }
    }
  }
  return means;
}

TEST(CellReader, HasTheSameCellsOfAnyStorage) {
  const std::vector<double> expected = means_one_by_one(7, 9, 11);
  const std::vector<Index> storages = {{}, {1, 9, 11}, {3, 2, 4}, {7, 9, 11}, {5, 4, 6}};

  for (const Index& chunks : storages) {
    const File file({7, 9, 11}, chunks);
    EXPECT_EQ(cells_of(file, time_leads, cells_with(file, 2, 3)), expected);
  }
}

TEST(CellReader, HasTheSameCellsOfAnyOrderOfAxes) {
  const std::vector<double> expected = means_one_by_one(7, 9, 11);

  for (const Index& slow_first : {Index{2, 1, 0}, Index{1, 2, 0}, Index{2, 0, 1}}) {
    File file({7, 9, 11});
    file.store(slow_first);
    EXPECT_EQ(cells_of(file, time_leads, cells_with(file, 2, 3)), expected);
  }
}

TEST(CellReader, ReadsEachChunkOnce) {
  const File file({10, 40, 50}, {4, 20, 25});

  (void)cells_of(file, time_leads, cells_with(file, 1, 1));

  EXPECT_THAT(file.reads_of_chunks(), Each(1));
}

TEST(CellReader, ReadsChunksOfOneStepOnce) {
  const File file({10, 40, 50}, {4, 20, 25});
  const cli::DrawnAxes axes = {2, 1, {}, {{0, "t", 3, 10}}};

  (void)cells_of(file, axes, {{40, 50, 1, 1}, {}, {}});

  EXPECT_EQ(file.samples_read(), 40 * 50);
  EXPECT_THAT(file.reads_of_chunks(), Each(Le(1U)));
}

TEST(CellReader, ReadsNoStepsBetweenThoseShown) {
  const File file({12, 9, 11});

  const std::vector<double> cells =
      cells_of(file, time_leads, {{9, 11, 9, 11}, {3}, {5}});

  EXPECT_EQ(file.samples_read(), 3 * 9 * 11);
  ASSERT_EQ(cells.size(), 3);
  EXPECT_GT(cells[1], cells[0]);
}

TEST(CellReader, ReadsChunksOfStepsShownOnce) {
  const File file({24, 9, 11}, {6, 9, 11});

  (void)cells_of(file, time_leads, {{9, 11, 1, 1}, {8}, {3}});

  EXPECT_THAT(file.reads_of_chunks(), Each(1));
}

TEST(CellReader, ReadsLargeChunksOfStepsApartOnce) {
  const File file({60, 200, 2000}, {1, 200, 2000});

  (void)cells_of(file, time_leads, {{200, 2000, 1, 1}, {3}, {20}});

  EXPECT_EQ(file.samples_read(), 3 * 200 * 2000);
  EXPECT_THAT(file.reads_of_chunks(), Each(Le(1U)));
}

TEST(CellReader, DividesChunksThatAreTooLarge) {
  const File file({20, 200, 2000}, {20, 200, 2000});

  (void)cells_of(file, time_leads, cells_with(file, 2, 2));

  constexpr std::size_t most = (std::size_t{128} << 20) / (3 * sizeof(double));
  for (const io::Box& box : file.boxes()) EXPECT_LE(io::size_of(box), most);
  EXPECT_THAT(file.reads_of_chunks(), Each(Ge(2U)));
}

// What lies between neighbours of a map would be read again for each step.
TEST(CellReader, ReadsAxesBetweenNeighboursAtOnce) {
  File file({30, 9, 11});
  file.store({1, 2, 0});

  (void)cells_of(file, time_leads, cells_with(file, 1, 1));

  EXPECT_EQ(file.boxes().size(), 1);
}

}  // namespace
}  // namespace gridgrad::test
