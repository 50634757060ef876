// cli/options_shared.cpp: options that several commands have
//
// SPDX-License-Identifier: BSD-3-Clause

#include <climits>

#include "option_words.hpp"
#include "options.hpp"

namespace gridgrad::cli {

void add_list(CLI::App& command, const ListOption& option, std::vector<std::string>& list,
              const char* text) {
  command.add_option(option.names, list, text)
      ->type_name(option.metavar)
      ->delimiter(',')
      ->allow_extra_args(false);
}

void add_progress(CLI::App& command, Progress& progress) {
  add_words<Progress>(
      command, {"--progress", "WHEN", "how far the work has come", "auto"}, progress,
      {{"auto", Progress::automatic, "on a terminal, after a second"},
       {"always", Progress::always},
       {"never", Progress::never}});
}

void add_threads(CLI::App& command, Execution& execution) {
  command.add_option("-j,--threads", execution.threads, "threads (all processors)")
      ->type_name("N")
      ->check(whole_number("a number from 1 is needed", 1));
}

void add_output(CLI::App& command, Destination& destination, bool& may_replace,
                const char* text) {
  command.add_option("-o,--output", destination.path, text)->type_name("FILE");
  command.add_flag("-O,--overwrite", may_replace, "replace an output that exists");
}

void add_boundaries(CLI::App& command, std::vector<std::string>& boundaries) {
  constexpr const char* text =
      "what lies beyond the ends of an axis, or AXIS=LOWER:UPPER of each: one-sided, "
      "periodic[@PERIOD], symmetric[-half], "
      "antisymmetric[-half][@zero|@end], nearest, constant@VALUE, neumann@SLOPE "
      "(one-sided)";
  add_list(command, {"-b,--boundary", "AXIS=RULE,..."}, boundaries, text);
}

void add_derivative(CLI::App& command, int& derivative) {
  command.add_option("--derivative", derivative, "order of the derivative: 1 to 6 (1)")
      ->type_name("ORDER")
      ->check(whole_number("1 to 6 is needed", INT_MIN));
}

void add_missing(CLI::App& command, Missing& missing) {
  const auto parse = [&missing](const std::string& word) {
    if (word == "none") missing = NoneMissing();
    if (word == "propagate") missing = Propagate();
    if (word == "adapt") missing = Adapt();
    if (word.starts_with("adapt:")) missing = Adapt{std::stoi(word.substr(6))};
  };
  const std::vector<std::string> words = {"none", "propagate", "adapt"};
  const auto refusal = [words](const std::string& word) -> std::string {
    if (std::ranges::find(words, word) != words.end()) return {};
    const std::string minimum = word.starts_with("adapt:") ? word.substr(6) : "";
    const bool is_number = !minimum.empty() && minimum.size() <= 2 &&
                           minimum.find_first_not_of("0123456789") == std::string::npos;
    if (is_number) return {};
    return "'" + word + "' given; " + joined(words) + " or adapt:MINIMUM is accepted" +
           suggestion(word.substr(0, word.find(':')), words);
  };
  constexpr const char* text =
      "missing samples (NaN, _FillValue): none: as arithmetic has it; propagate: to "
      "every stencil that contains one; adapt[:MIN]: stencils of the samples that are "
      "there, of order MIN (1) at least (none)";
  command.add_option_function<std::string>("--missing", parse, text)
      ->type_name("RULE")
      ->check(CLI::Validator(refusal, listed_words(words)));
}

}  // namespace gridgrad::cli
