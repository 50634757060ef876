// cli/option_words.hpp: options that take one of some words: what is said of the words in
// the help, what is checked and what is completed come from one list
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

#include "option_checks.hpp"

namespace gridgrad::cli {

template <class Value>
struct Word {
  const char* name;
  Value value;
  const char* meaning = "";  // empty: the word says it
};

struct WordOption {
  const char* names;    // "--unit"
  const char* metavar;  // "UNIT"
  const char* text;     // what the words are about, before them
  const char* usual;    // what holds if the option is left out
};

// "what the field is between its samples: linear, cubic (slopes at the samples are those
// of grad) or spline (cubic)": what is usual comes last.
template <class Value>
std::string help_of(const WordOption& option, const std::vector<Word<Value>>& words) {
  std::vector<std::string> explained;
  for (const Word<Value>& word : words) {
    const std::string meaning = word.meaning;
    explained.push_back(word.name + (meaning.empty() ? "" : " (" + meaning + ")"));
  }
  return std::string(option.text) + ": " + either(explained) + " (" + option.usual + ")";
}

// `target` gets the value of the word that was given.
template <class Value, class Target>
CLI::Option& add_words(CLI::App& command, const WordOption& option, Target& target,
                       const std::vector<Word<Value>>& words) {
  std::vector<std::string> names;
  for (const Word<Value>& word : words) names.emplace_back(word.name);
  const auto choose = [&target, words](const std::string& typed) {
    for (const Word<Value>& word : words) {
      if (typed == word.name) target = word.value;
    }
  };
  return *command
              .add_option_function<std::string>(option.names, choose,
                                                help_of(option, words))
              ->type_name(option.metavar)
              ->check(one_of(names));
}

}  // namespace gridgrad::cli
