// cli/option_checks.hpp: what the text of an option may be, as checks of CLI11
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "memory_limit.hpp"
#include "suggestion.hpp"
#include "words.hpp"

namespace gridgrad::cli {

// CLI11's own checks do not say what was given, or print the largest double.
inline CLI::Validator whole_number(const std::string& needed, int least) {
  const auto refusal = [=](const std::string& text) -> std::string {
    int number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error == std::errc() && stop == end && number >= least) return {};
    return "'" + text + "' given; " + needed;
  };
  return {refusal, ""};
}

inline CLI::Validator size_in_bytes() {
  const auto refusal = [](const std::string& text) -> std::string {
    if (bytes_of(text)) return {};
    return "'" + text + "' given; bytes, as 500000, 512MiB or 2GB, are needed";
  };
  return {refusal, ""};
}

inline CLI::Validator number() {
  const auto refusal = [](const std::string& text) -> std::string {
    return number_of(text) ? "" : "'" + text + "' given; a number is needed";
  };
  return {refusal, ""};
}

inline CLI::Validator positive_number() {
  const auto refusal = [](const std::string& text) -> std::string {
    const auto number = number_of(text);
    if (number && std::isfinite(*number) && *number > 0) return {};
    return "'" + text + "' given; a number above 0 is needed";
  };
  return {refusal, ""};
}

// How an option tells the words that it takes to whoever walks the options.
inline std::string listed_words(const std::vector<std::string>& words) {
  return "{" + joined(words) + "}";
}

inline CLI::Validator one_of(const std::vector<std::string>& words) {
  const auto refusal = [=](const std::string& text) -> std::string {
    if (std::ranges::find(words, text) != words.end()) return {};
    return "'" + text + "' given; " + either(words) + " is accepted" +
           suggestion(text, words);
  };
  return {refusal, listed_words(words)};
}

// Words that are among what is accepted; something else checks it.
inline CLI::Validator words_among(const std::vector<std::string>& words) {
  return {[](const std::string&) { return std::string(); }, listed_words(words)};
}

}  // namespace gridgrad::cli
