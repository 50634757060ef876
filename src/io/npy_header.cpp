// io/npy_header.cpp: a strict reader of the one dictionary a .npy header is
//
// SPDX-License-Identifier: BSD-3-Clause

#include "npy_header.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

#include "gridgrad/error.hpp"
#include "npy_dtype.hpp"

namespace gridgrad::io {
namespace {

class HeaderText {
 public:
  HeaderText(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  [[nodiscard]] NpyHeader parse() {
    std::string dtype;
    expect('{');
    while (!accept('}')) {
      const std::string key = quoted();
      expect(':');
      if (key == "descr") {
        dtype = descriptor();
      } else if (key == "fortran_order") {
        header_.order = boolean() ? MemoryOrder::fortran : MemoryOrder::c;
      } else if (key == "shape") {
        header_.extents = shape();
      } else {
        fail("unknown key '" + key + "'");
      }
      ++keys_;
      if (!accept(',') && peek() != '}') fail("',' or '}' expected");
    }
    constexpr int wanted_keys = 3;
    if (keys_ != wanted_keys || dtype.empty()) {
      fail("keys descr, fortran_order and shape expected");
    }
    resolve_dtype(dtype, name_, header_);
    return header_;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(
        ErrorCode::io, name_,
        "malformed .npy header at character " + std::to_string(at_) + ": " + what);
  }

  char peek() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  bool accept(char wanted) {
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }

  void expect(char wanted) {
    if (!accept(wanted)) fail(std::string("'") + wanted + "' expected");
  }

  std::string quoted() {
    const char quote = peek();
    if (quote != '\'' && quote != '"') fail("a quoted word expected");
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) fail("a closing quote expected");
    std::string word(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return word;
  }

  std::string descriptor() {
    if (peek() != '[') return quoted();
    throw Error(ErrorCode::unsupported, name_,
                std::string("a dtype of records given; ") + accepted_dtypes);
  }

  bool boolean() {
    constexpr std::string_view yes = "True";
    constexpr std::string_view no = "False";
    peek();
    for (const std::string_view word : {yes, no}) {
      if (text_.substr(at_).starts_with(word)) {
        at_ += word.size();
        return word == yes;
      }
    }
    fail("True or False expected");
  }

  std::vector<std::size_t> shape() {
    std::vector<std::size_t> extents;
    expect('(');
    while (!accept(')')) {
      extents.push_back(extent());
      if (!accept(',') && peek() != ')') fail("',' or ')' expected");
    }
    return extents;
  }

  std::size_t extent() {
    if (peek() == '-') fail("the shape has a negative extent");
    std::size_t extent = 0;
    const auto [stop, error] =
        std::from_chars(text_.data() + at_, text_.data() + text_.size(), extent);
    if (error == std::errc::result_out_of_range) fail("an extent beyond 64 bits");
    if (error != std::errc()) fail("an extent expected");
    at_ = static_cast<std::size_t>(stop - text_.data());
    accept('L');  // Python 2 wrote its long integers so.
    return extent;
  }

  std::string_view text_;
  const std::string& name_;
  std::size_t at_ = 0;
  int keys_ = 0;
  NpyHeader header_;
};

std::string shape_text(std::span<const std::size_t> extents) {
  std::string text = "(";
  for (const std::size_t extent : extents) text += std::to_string(extent) + ", ";
  if (extents.size() == 1) return text.substr(0, text.size() - 1) + ")";
  if (!extents.empty()) text.resize(text.size() - 2);
  return text + ")";
}

}  // namespace

NpyHeader parse_npy_header(std::string_view text, const std::string& name) {
  return HeaderText(text, name).parse();
}

std::string npy_preamble(ElementType type, std::span<const std::size_t> extents,
                         MemoryOrder order) {
  constexpr std::size_t alignment = 64;
  constexpr std::size_t before_dictionary = 10;
  std::string dictionary = "{'descr': '" + dtype_of(type) + "', 'fortran_order': " +
                           (order == MemoryOrder::c ? "False" : "True") +
                           ", 'shape': " + shape_text(extents) + ", }";
  const std::size_t used = before_dictionary + dictionary.size() + 1;
  dictionary.append((alignment - used % alignment) % alignment, ' ');
  dictionary += '\n';
  const std::size_t length = dictionary.size();
  std::string preamble("\x93NUMPY\x01\x00", before_dictionary - 2);
  preamble += static_cast<char>(length & 0xff);
  preamble += static_cast<char>(length >> 8);
  return preamble + dictionary;
}

}  // namespace gridgrad::io
