// cli/options_shared.cpp: options that several commands have
//
// SPDX-License-Identifier: BSD-3-Clause

#include <climits>
#include <map>

#include "option_checks.hpp"
#include "options.hpp"

namespace gridgrad::cli {

void add_list(CLI::App& command, const char* names, std::vector<std::string>& list,
              const char* text) {
  command.add_option(names, list, text)->delimiter(',')->allow_extra_args(false);
}

void add_progress(CLI::App& command, Progress& progress) {
  const std::map<std::string, Progress> words = {{"auto", Progress::automatic},
                                                 {"always", Progress::always},
                                                 {"never", Progress::never}};
  command
      .add_option_function<std::string>(
          "--progress",
          [&progress, words](const std::string& word) { progress = words.at(word); },
          "how far the work has come: auto, always or never (auto: on a terminal, "
          "after a second)")
      ->check(one_of({"auto", "always", "never"}, "auto, always or never"));
}

void add_threads(CLI::App& command, Execution& execution) {
  command.add_option("-j,--threads", execution.threads, "threads (all processors)")
      ->check(whole_number("a number from 1 is needed", 1));
}

void add_output(CLI::App& command, Destination& destination, bool& may_replace,
                const char* text) {
  command.add_option("-o,--output", destination.path, text);
  command.add_flag("-O,--overwrite", may_replace, "replace an output that exists");
}

void add_boundaries(CLI::App& command, std::vector<std::string>& boundaries) {
  constexpr const char* text =
      "AXIS=RULE or AXIS=LOWER:UPPER: one-sided, periodic[@PERIOD], symmetric[-half], "
      "antisymmetric[-half][@zero|@end], nearest, constant@VALUE, neumann@SLOPE "
      "(one-sided)";
  add_list(command, "-b,--boundary", boundaries, text);
}

void add_derivative(CLI::App& command, int& derivative) {
  command.add_option("--derivative", derivative, "order of the derivative: 1 to 6 (1)")
      ->check(whole_number("1 to 6 is needed", INT_MIN));
}

void add_missing(CLI::App& command, Missing& missing) {
  const auto parse = [&missing](const std::string& word) {
    if (word == "none") missing = NoneMissing();
    if (word == "propagate") missing = Propagate();
    if (word == "adapt") missing = Adapt();
    if (word.starts_with("adapt:")) missing = Adapt{std::stoi(word.substr(6))};
  };
  const auto refusal = [](const std::string& word) -> std::string {
    if (word == "none" || word == "propagate" || word == "adapt") return {};
    const std::string minimum = word.starts_with("adapt:") ? word.substr(6) : "";
    const bool is_number = !minimum.empty() && minimum.size() <= 2 &&
                           minimum.find_first_not_of("0123456789") == std::string::npos;
    if (is_number) return {};
    return "'" + word + "' given; none, propagate, adapt or adapt:MINIMUM is accepted";
  };
  command
      .add_option_function<std::string>(
          "--missing", parse,
          "missing samples (NaN, _FillValue): none: as arithmetic has it; propagate: to "
          "every stencil that contains one; adapt[:MIN]: stencils of the samples that "
          "are "
          "there, of order MIN (1) at least (none)")
      ->check(CLI::Validator(refusal, ""));
}

}  // namespace gridgrad::cli
