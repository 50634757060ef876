// tiled_operator_test.cpp: vector calculus in tiles, of several fields
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/io/tiled_operator.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "gridgrad/calculus.hpp"
#include "io/scratch.hpp"
#include "io/tiled_memory.hpp"

namespace gridgrad::test {
namespace {

// Several fields at once, each a file of its own.
template <class T>
struct Files {
  std::vector<Memory<T>> fields;
  Memory<T> results;
};

template <class T>
void stream(const TilePlan& plan, Files<T>& files) {
  io::stream_tiles(plan,
                   {.read = [&](std::size_t k, const Box& box,
                                auto bytes) { files.fields[k].read(box, bytes); },
                    .write = [&](std::size_t k, const Box& box,
                                 auto bytes) { files.results.write(k, box, bytes); }});
}

template <class T>
std::vector<Array<Result<T>>> whole_results(const Files<T>& files, const GridOperator& op,
                                            std::span<const AnyField> constants) {
  std::vector<StridedView<const T>> views;
  std::vector<Array<Result<T>>> results;
  std::vector<StridedView<Result<T>>> outputs;
  for (const Memory<T>& field : files.fields) {
    views.push_back(
        StridedView<const T>::contiguous(field.samples.data(), field.extents));
  }
  for (std::size_t k = 0; k < op.result_count(); ++k) {
    results.emplace_back(views.front().extents());
  }
  for (auto& result : results) outputs.push_back(view(result));
  std::vector<AnyField> fields(views.begin(), views.end());
  fields.insert(fields.end(), constants.begin(), constants.end());
  const std::vector<AnyOutput> out(outputs.begin(), outputs.end());
  op.apply(fields, out);
  return results;
}

template <class T>
void expect_bits(const std::vector<Array<Result<T>>>& expected, std::size_t first,
                 const Memory<T>& results) {
  for (std::size_t k = 0; k < expected.size(); ++k) {
    for (std::size_t i = 0; i < results.samples.size(); ++i) {
      ASSERT_EQ(results.writes[first + k][i], 1) << "result " << k << ", sample " << i;
      ASSERT_TRUE(same_bits(results.results[first + k][i], expected[k].data()[i]))
          << "result " << k << ", sample " << i;
    }
  }
}

constexpr std::array all_of_calculus = {Calculus::gradient,    Calculus::magnitude,
                                        Calculus::directional, Calculus::divergence,
                                        Calculus::curl,        Calculus::laplacian,
                                        Calculus::hessian,     Calculus::jacobian,
                                        Calculus::strain_rate, Calculus::rotation};

template <class T>
void check_random_calculus(Calculus calculus, Random& random) {
  const std::size_t rank = 2 + random() % 2;
  std::vector<std::size_t> extents;
  for (std::size_t d = 0; d < rank; ++d) extents.push_back(10 + random() % 6);
  Grid grid;
  for (std::size_t d = rank; d-- > 0;) {
    if (grid.along.size() < 2 || random() % 2 == 0) {
      grid.along.push_back({d, random_axis(extents[d], random)});
    }
  }
  Scheme scheme = random_scheme(random);
  scheme.derivative = 1;
  const GridOperator op(calculus, grid, extents, scheme);
  std::vector<TiledField> tiled;
  Files<T> files = {
      {}, Memory<T>(extents, std::vector<T>(product(extents)), op.result_count())};
  for (std::size_t k = 0; k < op.field_count(); ++k) {
    tiled.push_back({extents, {}, element_type<T>()});
    if (k % 2 == 0) tiled.back().chunks.assign(rank, 1 + random() % 4);
    files.fields.emplace_back(extents, random_samples<T>(product(extents), random), 0);
  }
  const auto expected = whole_results(files, op, {});
  const io::SharedOperator shared = io::tiled_calculus({op});
  const std::uint64_t least = least_memory(tiled, shared);
  for (const std::uint64_t budget : {least, least + least / 2, unbounded}) {
    const TilePlan plan(tiled, shared, {budget});
    ASSERT_LE(plan.peak_bytes(), budget);
    files.results =
        Memory<T>(extents, std::vector<T>(product(extents)), op.result_count());
    stream(plan, files);
    expect_bits(expected, 0, files.results);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(TiledOperator, OfVectorCalculusHasTheBitsOfTheWhole) {
  Random random(seed);
  for (int k = 0; k < 12; ++k) {
    for (const Calculus calculus : all_of_calculus) {
      SCOPED_TRACE(std::to_string(k) + ", " + std::to_string(static_cast<int>(calculus)));
      check_random_calculus<double>(calculus, random);
      check_random_calculus<float>(calculus, random);
      if (HasFatalFailure()) return;
    }
  }
}

// Two axes of a plane, and two components that are read from files.
Files<float> plane_files(std::size_t fields, std::size_t results) {
  Random random(seed);
  const std::vector<std::size_t> extents = {30, 11};
  Files<float> files = {{}, Memory<float>(extents, std::vector<float>(330), results)};
  for (std::size_t k = 0; k < fields; ++k) {
    files.fields.emplace_back(extents, random_samples<float>(330, random), 0);
  }
  return files;
}

TEST(TiledOperator, JoinsTheResultsOfSeveralOperators) {
  const Grid grid = {{{1}, {0}}};
  Files<float> files = plane_files(2, 4);
  const std::vector<std::size_t>& extents = files.results.extents;
  const GridOperator strain(Calculus::strain_rate, grid, extents);
  const GridOperator rotation(Calculus::rotation, grid, extents);
  const std::vector<TiledField> tiled(2, {extents, {}, ElementType::float32});
  const auto both = io::tiled_calculus({strain, rotation});
  const TilePlan plan(tiled, both, {least_memory(tiled, both)});
  ASSERT_GT(plan.size(), 1U);

  stream(plan, files);

  expect_bits(whole_results(files, strain, {}), 0, files.results);
  expect_bits(whole_results(files, rotation, {}), 3, files.results);
}

TEST(TiledOperator, ReadsNoFieldForAConstant) {
  Files<float> files = plane_files(1, 1);
  const std::vector<std::size_t>& extents = files.results.extents;
  const GridOperator along(Calculus::directional, {{{1}, {0}}}, extents);
  const std::vector<TiledField> tiled = {{extents, {}, ElementType::float32}};
  const auto op = io::tiled_calculus({along}, {0.3, -2});
  const TilePlan plan(tiled, op, {least_memory(tiled, op)});
  const std::vector<float> numbers = {0.3F, -2.0F};
  const std::vector<std::ptrdiff_t> still = {0, 0};
  const std::vector<AnyField> constants = {
      {&numbers[0], ElementType::float32, extents, still},
      {&numbers[1], ElementType::float32, extents, still}};

  stream(plan, files);

  expect_bits(whole_results(files, along, constants), 0, files.results);
}

TEST(TiledOperator, WritesOneResultOfSeveral) {
  Files<float> files = plane_files(1, 1);
  const std::vector<std::size_t>& extents = files.results.extents;
  const GridOperator hessian(Calculus::hessian, {{{1}, {0}}}, extents);
  const std::vector<TiledField> tiled = {{extents, {}, ElementType::float32}};
  for (std::size_t k = 0; k < 3; ++k) {
    const auto op = io::one_result(io::tiled_calculus({hessian}), k);
    files.results = Memory<float>(extents, std::vector<float>(330), 1);

    stream(TilePlan(tiled, op, {least_memory(tiled, op)}), files);

    auto all = whole_results(files, hessian, {});
    std::vector<Array<float>> expected;
    expected.push_back(std::move(all[k]));
    expect_bits(expected, 0, files.results);
  }
}

TEST(TiledOperator, RefusesFieldsOfSeveralShapes) {
  const std::vector<std::size_t> extents = {5, 6};
  const auto op =
      io::tiled_calculus({GridOperator(Calculus::divergence, {{{0}, {1}}}, extents)});
  const TiledField field = {extents, {}, ElementType::float64};
  for (const auto& fields :
       {std::vector<TiledField>{field}, std::vector<TiledField>{field, {{5, 7}, {}}}}) {
    const auto error =
        error_of([&] { static_cast<void>(TilePlan(fields, op, {unbounded})); });
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->code(), ErrorCode::bad_shape);
  }
}

}  // namespace
}  // namespace gridgrad::test
