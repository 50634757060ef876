// cli/grad_labelled.cpp: the gradient of variables of a labelled file
//
// SPDX-License-Identifier: BSD-3-Clause

#include <algorithm>
#include <cstddef>
#include <span>
#include <variant>

#include "grad.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/npy.hpp"
#include "labelled_field.hpp"
#include "metadata.hpp"
#include "output.hpp"
#include "packing.hpp"

namespace gridgrad::cli {
namespace {

io::AnyArray compute(const io::LabelledReader& file, const LabelledField& field,
                     const Method& method) {
  io::AnyArray result =
      gradient_of(read_field(file, *field.variable), field.components, method);
  scale(result, scale_of(*field.variable));
  return result;
}

// Calls f(component, its samples) for the components in `stacked`, in order.
template <class F>
void each_component(const LabelledField& field, const io::AnyArray& stacked, F&& f) {
  std::visit(
      [&]<class T>(const Array<T>& typed) {
        const std::size_t size = typed.size() / field.components.size();
        for (std::size_t k = 0; k < field.components.size(); ++k) {
          f(field.components[k],
            StridedView<const T>::contiguous(typed.data() + k * size, field.extents));
        }
      },
      stacked);
}

ExitCode print(const io::LabelledReader& file, const std::vector<LabelledField>& fields,
               const Method& method) {
  for (const LabelledField& field : fields) {
    const io::AnyArray result = compute(file, field, method);
    each_component(field, result, [&](const Component& component, const auto& samples) {
      print_array(component_name(field, component), samples);
    });
  }
  return ExitCode::done;
}

ExitCode write_npy(const io::LabelledReader& file,
                   const std::vector<LabelledField>& fields, const GradCommand& command) {
  const LabelledField& field = fields.front();
  if (fields.size() > 1) {
    throw Error(
        ErrorCode::bad_argument, "variable",
        std::to_string(fields.size()) + " variables for one .npy array; -v chooses one");
  }
  if (command.destination.path != "-") {
    io::require_place(command.destination.path,
                      io::npy_bytes(result_type(field_type(*field.variable)),
                                    shape_of(field.components, field.extents)));
  }
  const Method method = {command.scheme, command.execution};
  return write_array(command.destination, compute(file, field, method));
}

struct Output {
  io::LabelledWriter& writer;
  const io::Dataset& contents;
};

void write_components(const io::LabelledReader& file, const LabelledField& field,
                      const Method& method, const Output& output) {
  io::AnyArray result = compute(file, field, method);
  if (const auto fill = fill_of(*field.variable)) fill_missing(result, *fill);
  each_component(field, result, [&](const Component& component, const auto& samples) {
    const std::span all(samples.data(), size_of(io::whole(field.extents)));
    output.writer.write(
        *io::find_variable(output.contents, component_name(field, component)),
        io::whole(field.extents), std::as_bytes(all));
  });
}

ExitCode write_labelled(const io::LabelledReader& file,
                        const std::vector<LabelledField>& fields,
                        const GradCommand& command, const std::string& line) {
  const OutputPlan plan = output_plan(file.dataset(), fields, line);
  const Method method = {command.scheme, command.execution};
  return publish(command.destination, plan.bytes, [&](const std::string& path) {
    const std::unique_ptr<io::LabelledWriter> output = io::create_labelled(
        {path, labelled_format(command.destination)}, plan.contents, file);
    for (const std::string& name : plan.copied) {
      output->copy(file, *io::find_variable(file.dataset(), name));
    }
    output->define(plan.contents.variables);
    for (const LabelledField& field : fields) {
      write_components(file, field, method, {*output, plan.contents});
    }
    output->close();
  });
}

}  // namespace

ExitCode grad_labelled(const GradCommand& command, const Invocation& invocation,
                       OutputKind output) {
  const std::unique_ptr<io::LabelledReader> opened = io::open_labelled(command.input);
  const io::LabelledReader& file = *opened;
  const std::vector<LabelledField> fields =
      labelled_fields(file, command, invocation.notes);
  // Attributes that cannot be understood are refused before any sample is read.
  for (const LabelledField& field : fields) {
    static_cast<void>(scale_of(*field.variable));
  }
  switch (output) {
    case OutputKind::printed:
      return print(file, fields, {command.scheme, command.execution});
    case OutputKind::labelled:
      return write_labelled(file, fields, command, invocation.line);
    case OutputKind::npy:
    case OutputKind::npy_stream:
      break;
  }
  return write_npy(file, fields, command);
}

}  // namespace gridgrad::cli
