#include "gridgrad/gradient.hpp"
#include <gtest/gtest.h>
#include <iostream>
using namespace gridgrad;
TEST(A,B){
  const std::vector<double> t = {-2, 1, -3, 4, 5};
  const Array<double> values = evaluate([](double x) { return x * x + 5; }, t);
  std::cout << gradient(values)[0] << '\n';
  std::cout << gradient(values, {Axis::at(t)}, {.edge_order = 2})[0] << '\n';
  const Array<double> t2({3,3}, {-1,3,-5,-4,5,2,-2,3,4});
  auto v = evaluate([](double x){return x*x*x;}, t2);
  for (auto& g: gradient(v)) std::cout << g << '\n';
}
