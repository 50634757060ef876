// cli/numpy_print.cpp: NumPy's brackets, columns and line breaks (_formatArray)
//
// SPDX-License-Identifier: BSD-3-Clause

#include "numpy_print.hpp"

#include <complex>
#include <cstddef>
#include <functional>
#include <numeric>
#include <span>
#include <vector>

#include "gridgrad/element.hpp"
#include "numpy_number.hpp"

namespace gridgrad::cli {
namespace {

// NumPy's default print options.
constexpr std::size_t line_width = 75;
constexpr std::size_t threshold = 1000;
constexpr std::size_t edge_items = 3;

template <class T>
T sample_at(const AnyField& field, std::ptrdiff_t offset) {
  return static_cast<const T*>(field.data)[offset];
}

// The samples that are shown, and as what.
class Page {
 public:
  explicit Page(const AnyField& field) : field_(field) {
    const std::size_t size = std::accumulate(field.extents.begin(), field.extents.end(),
                                             std::size_t{1}, std::multiplies<>());
    is_summary_ = size > threshold;
    gather(0, 0);
    write_words();
  }

  [[nodiscard]] std::string text() {
    next_word_ = 0;
    return bracketed(0, " ", line_width);
  }

 private:
  [[nodiscard]] bool is_cut(std::size_t axis) const {
    return is_summary_ && field_.extents[axis] > 2 * edge_items;
  }

  // Indices shown along an axis; those at the two ends where it is cut.
  [[nodiscard]] std::vector<std::size_t> shown(std::size_t axis) const {
    const std::size_t extent = field_.extents[axis];
    std::vector<std::size_t> indices(is_cut(axis) ? 2 * edge_items : extent);
    std::iota(indices.begin(), indices.end(), std::size_t{0});
    if (!is_cut(axis)) return indices;
    for (std::size_t k = 0; k < edge_items; ++k) {
      indices[edge_items + k] = extent - edge_items + k;
    }
    return indices;
  }

  void gather(std::size_t axis, std::ptrdiff_t offset) {
    if (axis == field_.extents.size()) return gather_sample(offset);
    for (const std::size_t index : shown(axis)) {
      gather(axis + 1,
             offset + static_cast<std::ptrdiff_t>(index) * field_.strides[axis]);
    }
  }

  void gather_sample(std::ptrdiff_t offset) {
    const auto keep_complex = [&](auto number) {
      real_.push_back(number.real());
      imaginary_.push_back(number.imag());
    };
    switch (field_.type) {
      case ElementType::float16:
        return real_.push_back(to_float(sample_at<Float16>(field_, offset)));
      case ElementType::float32:
        return real_.push_back(sample_at<float>(field_, offset));
      case ElementType::complex64:
        return keep_complex(sample_at<std::complex<float>>(field_, offset));
      case ElementType::complex128:
        return keep_complex(sample_at<std::complex<double>>(field_, offset));
      default:
        return real_.push_back(sample_at<double>(field_, offset));
    }
  }

  [[nodiscard]] ElementType part_type() const {
    if (field_.type == ElementType::complex64) return ElementType::float32;
    if (field_.type == ElementType::complex128) return ElementType::float64;
    return field_.type;
  }

  void write_words() {
    const NumberFormat real(real_, part_type(), PlusSign::hidden);
    const NumberFormat imaginary(imaginary_, part_type(), PlusSign::shown);
    for (std::size_t k = 0; k < real_.size(); ++k) {
      std::string word = real.text(real_[k]);
      if (!imaginary_.empty()) {
        std::string part = imaginary.text(imaginary_[k]);
        part.insert(part.find_last_not_of(' ') + 1, "j");
        word += part;
      }
      words_.push_back(word);
    }
  }

  [[nodiscard]] std::string bracketed(std::size_t axis, const std::string& indent,
                                      std::size_t width) {
    const std::string inside = axis + 1 == field_.extents.size()
                                   ? wrapped(axis, indent, width)
                                   : stacked(axis, indent, width);
    return "[" + inside.substr(indent.size()) + "]";
  }

  [[nodiscard]] std::string wrapped(std::size_t axis, const std::string& indent,
                                    std::size_t width) {
    std::string text;
    std::string line = indent;
    const auto extend = [&](const std::string& word) {
      const bool is_full = line.size() + word.size() > width - 1;
      if (is_full && line.size() > indent.size()) {
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
        line = indent;
      }
      line += word;
    };
    const std::size_t count = shown(axis).size();
    for (std::size_t k = 0; k < count; ++k) {
      if (k == edge_items && is_cut(axis)) {
        extend("...");
        line += " ";
      }
      extend(words_[next_word_++]);
      if (k + 1 < count) line += " ";
    }
    return text + line;
  }

  [[nodiscard]] std::string stacked(std::size_t axis, const std::string& indent,
                                    std::size_t width) {
    const std::string gap(field_.extents.size() - axis - 1, '\n');
    const std::string further = indent + " ";
    std::string text;
    const std::size_t count = shown(axis).size();
    for (std::size_t k = 0; k < count; ++k) {
      if (k == edge_items && is_cut(axis)) text.append(indent).append("...").append(gap);
      text.append(indent).append(bracketed(axis + 1, further, width - 1));
      if (k + 1 < count) text += gap;
    }
    return text;
  }

  const AnyField& field_;
  bool is_summary_ = false;
  std::vector<double> real_;
  std::vector<double> imaginary_;
  std::vector<std::string> words_;
  std::size_t next_word_ = 0;
};

}  // namespace

std::string numpy_text(const AnyField& field) {
  for (const std::size_t extent : field.extents) {
    if (extent == 0) return "[]";
  }
  return Page(field).text();
}

}  // namespace gridgrad::cli
