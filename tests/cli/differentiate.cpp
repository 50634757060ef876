// differentiate.cpp: a Differentiator for the samples on standard input, which the tool
// must agree with to the bit
//
// SPDX-License-Identifier: BSD-3-Clause
//
// differentiate seconds|nanoseconds backward|window|filter NUMBER... [period=P] [gap=S]
//
// NUMBER: samples; window, degree and lag; time constant. Reads a stamp and a sample per
// line; prints a derivative per line, which is empty where there is no new one.

#include <charconv>
#include <cstdint>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gridgrad/differentiator.hpp"

namespace gridgrad {
namespace {

constexpr std::size_t capacity = 128;

template <class Number>
Number number(std::string_view text) {
  Number number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

DifferentiatorOptions options_of(const std::vector<std::string>& words) {
  DifferentiatorOptions options;
  std::vector<double> numbers;
  for (const std::string_view word : std::span(words).subspan(1)) {
    const std::string_view after_equals = word.substr(word.find('=') + 1);
    if (word.starts_with("period=")) {
      options.period = number<double>(after_equals);
    } else if (word.starts_with("gap=")) {
      options.max_gap = number<double>(after_equals);
    } else {
      numbers.push_back(number<double>(word));
    }
  }
  const auto whole = [&](std::size_t k) { return static_cast<int>(numbers.at(k)); };
  if (words[0] == "backward") {
    options.method = Backward{whole(0)};
  } else if (words[0] == "window") {
    options.method = LocalPolynomial{whole(0), whole(1), whole(2)};
  } else {
    options.method = Filtered{.time_constant = numbers.at(0)};
  }
  return options;
}

void print(double derivative) {
  constexpr std::size_t longest = 32;
  std::string text(longest, '\0');
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), derivative);
  std::cout << std::string_view(text.data(), end);
}

template <class S>
void differentiate(const DifferentiatorOptions& options) {
  Differentiator<double, S, capacity> rate(options);
  std::string stamp;
  std::string sample;
  while (std::cin >> stamp >> sample) {
    const auto result = rate.push(number<S>(stamp), number<double>(sample));
    if (result.status == PushStatus::ok) print(result.derivative);
    std::cout << '\n';
  }
}

}  // namespace
}  // namespace gridgrad

int main(int count, char** texts) {
  const std::vector<std::string> words(texts + 1, texts + count);
  const auto options = gridgrad::options_of({words.begin() + 1, words.end()});
  if (words.at(0) == "seconds") {
    gridgrad::differentiate<double>(options);
  } else {
    gridgrad::differentiate<std::int64_t>(options);
  }
}
