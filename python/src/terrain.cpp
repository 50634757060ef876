// terrain.cpp: what is made of heights
//
// SPDX-License-Identifier: BSD-3-Clause

#include "gridgrad/terrain.hpp"

#include <nanobind/stl/string.h>

#include <string>
#include <string_view>

#include "gridgrad/error.hpp"
#include "topics.hpp"

namespace gridgrad::python {
namespace {

namespace nb = nanobind;
using namespace nb::literals;

template <typename Value>
struct Word {
  std::string_view word;
  Value value;
};

// The value of a word. Throws Error naming the argument and all words.
template <typename Value, std::size_t count>
Value value_of(const char* argument, const std::string& given,
               const Word<Value> (&words)[count]) {
  std::string accepted;
  for (std::size_t k = 0; k < count; ++k) {
    if (words[k].word == given) return words[k].value;
    if (k > 0) accepted.append(k + 1 < count ? ", " : " or ");
    accepted.append(words[k].word);
  }
  throw Error(ErrorCode::bad_argument, argument,
              "'" + given + "' given; " + accepted + " is accepted");
}

constexpr Word<TerrainResult> results[] = {{"slope", TerrainResult::slope},
                                           {"aspect", TerrainResult::aspect}};
constexpr Word<TerrainStencil> stencils[] = {
    {"scheme", TerrainStencil::by_scheme},
    {"horn", TerrainStencil::horn},
    {"zevenbergen-thorne", TerrainStencil::zevenbergen_thorne}};
constexpr Word<SlopeUnit> units[] = {{"degrees", SlopeUnit::degrees},
                                     {"percent", SlopeUnit::percent},
                                     {"ratio", SlopeUnit::ratio}};
constexpr Word<AspectAngle> angles[] = {{"compass", AspectAngle::compass},
                                        {"trigonometric", AspectAngle::trigonometric}};
constexpr Word<FlatAspect> flats[] = {{"missing", FlatAspect::missing},
                                      {"zero", FlatAspect::zero}};

}  // namespace

void bind_terrain(nb::module_& module) {
  nb::class_<Terrain>(module, "Terrain")
      .def(
          "__init__",
          [](Terrain* self, const std::string& result, const std::string& stencil,
             const std::string& unit, const std::string& angle, const std::string& flat,
             double z_factor) {
            new (self) Terrain{value_of("result", result, results),
                               value_of("stencil", stencil, stencils),
                               value_of("unit", unit, units),
                               value_of("angle", angle, angles),
                               value_of("flat", flat, flats),
                               z_factor};
          },
          "result"_a, "stencil"_a = "scheme", "unit"_a = "degrees", "angle"_a = "compass",
          "flat"_a = "missing", "z_factor"_a = 1.0);
}

}  // namespace gridgrad::python
