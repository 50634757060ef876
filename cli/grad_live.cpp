// cli/grad_live.cpp: a log, row by row
//
// SPDX-License-Identifier: BSD-3-Clause

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "causal_rows.hpp"
#include "centred_rows.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/csv.hpp"
#include "live_method.hpp"
#include "live_stamps.hpp"
#include "log_table.hpp"
#include "output.hpp"
#include "period.hpp"
#include "rate_writer.hpp"
#include "table_output.hpp"
#include "words.hpp"

namespace gridgrad::cli {
namespace {

// Whether float64 holds another number than the cell.
bool is_inexact_integer(std::string_view cell) {
  if (cell.starts_with('+')) cell.remove_prefix(1);
  std::int64_t integer = 0;
  const char* const end = cell.data() + cell.size();
  const auto [stop, error] = std::from_chars(cell.data(), end, integer);
  if (stop != end) return false;
  return error != std::errc() || integer < -most_exact || integer > most_exact;
}

double sample_in(const io::CsvReader& reader, const std::string& name,
                 std::string_view cell) {
  const auto number = number_of(cell);
  if (!number && !is_missing(cell)) {
    refuse_cell(reader, name, fmt::format("'{}' is not a number", cell));
  }
  if (!number) return std::numeric_limits<double>::quiet_NaN();
  constexpr auto most = static_cast<double>(most_exact);
  if (std::abs(*number) >= most && is_inexact_integer(cell)) {
    refuse_cell(reader, name,
                fmt::format("{} is beyond 2^53; row by row numbers are float64", cell));
  }
  return *number;
}

class LiveLog {
 public:
  LiveLog(const FieldCommand& command, const LiveMethod& method, Notes notes)
      : method_(method),
        notes_(notes),
        reader_(io::File::open(command.input),
                [this] {
                  if (writer_) writer_->flush();
                }),
        columns_(log_columns(reader_, command.selection)),
        names_(columns_.value_names()),
        results_(columns_.result_names(method.derivative)),
        periods_(periods(command.log.periods, names_, notes)),
        stamps_(columns_.stamp_name(), command.log.time_unit) {}

  // Writes rows to a file, or keeps their rates if there is none.
  void follow(std::optional<io::File> file) {
    writer_.emplace(columns_, results_, std::move(file));
    if (method_.is_causal) writer_->begin();
    try {
      follow_all();
    } catch (const Error&) {
      writer_->flush();  // the rows before are right
      throw;
    }
    writer_->flush();
  }

  // The rates that were kept.
  [[nodiscard]] io::AnyArray array() const {
    const auto& numbers = writer_->numbers();
    return Array<double>({numbers.size() / results_.size(), results_.size()}, numbers);
  }

 private:
  [[nodiscard]] std::string_view stamp() const {
    return reader_.cells()[columns_.stamps];
  }

  // The first row says what stamps are.
  void follow_all() {
    const bool has_row = reader_.next();
    if (has_row) {
      columns_.require_width(reader_);
      stamps_.begin(reader_, stamp());
      say_unit(results_, method_.derivative, stamps_.unit(), notes_);
    }
    if (stamps_.are_nanoseconds()) {
      follow_with<std::int64_t>(has_row);
    } else {
      follow_with<double>(has_row);
    }
  }

  template <Stamp S>
  void follow_with(bool has_row) {
    if (method_.is_causal) {
      follow_rows<S>(CausalRows<S>(method_, periods_, *writer_), has_row);
    } else {
      follow_rows<S>(CentredRows<S>(method_, periods_, columns_.stamp_name(), *writer_),
                     has_row);
    }
  }

  template <Stamp S, class Rows>
  void follow_rows(Rows rows, bool has_row) {
    std::vector<double> samples(names_.size());
    for (; has_row; has_row = reader_.next()) {
      columns_.require_width(reader_);
      for (std::size_t k = 0; k < samples.size(); ++k) {
        samples[k] = sample_in(reader_, names_[k], reader_.cells()[columns_.values[k]]);
      }
      rows.push(reader_, stamps_.read<S>(reader_, stamp()), samples);
    }
    rows.finish();
    rows.say(results_, notes_);
  }

  LiveMethod method_;
  Notes notes_;
  std::optional<RateWriter> writer_;
  io::CsvReader reader_;
  LogColumns columns_;
  std::vector<std::string> names_;
  std::vector<std::string> results_;
  std::vector<std::optional<Period>> periods_;
  LiveStamps stamps_;
};

}  // namespace

ExitCode grad_live(const FieldCommand& command, const LiveMethod& method, Notes notes) {
  LiveLog log(command, method, notes);
  const Destination& destination = command.destination;
  if (table_kind(destination) == TableKind::npy) {
    log.follow(std::nullopt);
    return write_array(destination, log.array());
  }
  if (!is_file(destination)) {
    log.follow(io::File::standard_output());
    return ExitCode::done;
  }
  return publish(destination, 0,
                 [&](const std::string& path) { log.follow(io::File::rewrite(path)); });
}

}  // namespace gridgrad::cli
