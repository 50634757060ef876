// cli/view.cpp: from an input to the file of a picture
//
// SPDX-License-Identifier: BSD-3-Clause

#include "view.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "field_picture.hpp"
#include "gridgrad/error.hpp"
#include "gridgrad/io/file.hpp"
#include "input_path.hpp"
#include "interrupt.hpp"
#include "output.hpp"
#include "pictures/html.hpp"
#include "pictures/png.hpp"
#include "pictures/svg.hpp"
#include "viewed_axes.hpp"

namespace gridgrad::cli {
namespace {

std::string suffix_of(const Destination& destination) {
  return std::filesystem::path(destination.path).extension().string();
}

std::vector<std::byte> bytes_of(const Picture& picture, const Destination& destination) {
  const std::string suffix = suffix_of(destination);
  if (suffix == ".png") return png_of(svg_of(picture));
  const std::string text = suffix == ".svg" ? svg_of(picture) : html_of(picture);
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

}  // namespace

void require_picture(const Destination& destination, const char* option) {
  const std::string suffix = suffix_of(destination);
  if (suffix == ".png") require_png();
  if (suffix == ".png" || suffix == ".svg" || suffix == ".html") return;
  const std::string given = destination.path.empty() ? "none" : destination.path;
  throw Error(destination.path.empty() ? ErrorCode::bad_argument : ErrorCode::unsupported,
              option, given + " given; a file .png, .svg or .html is needed");
}

ExitCode draw(const ViewCommand& command, const ViewedGrid& grid, Below below,
              Notes notes) {
  const DrawnAxes axes = drawn_axes(grid, command.selection.axes, command.at);
  Picture picture;
  if (axes.y) {
    const bool is_page = suffix_of(command.destination) == ".html";
    picture = field_picture(grid, axes,
                            {is_page ? PictureKind::interactive : PictureKind::still,
                             command.progress, notes});
  } else {
    picture = line_picture(grid, axes, below, notes);
  }
  const std::vector<std::byte> bytes = bytes_of(picture, command.destination);
  return publish(command.destination, bytes.size(),
                 [&](const std::string& path) { io::File::rewrite(path).write(bytes); });
}

ExitCode view(const ViewCommand& asked, Notes notes) {
  exit_on_signals();
  ViewCommand command = asked;
  split_input(command.input, command.selection);
  require_picture(command.destination, "output");
  require_apart(command.input, command.destination);
  if (is_refused(command.destination)) return ExitCode::output_exists;
  io::require_place(command.destination.path, 0);
  const ViewedGrid grid = viewed_input({command.input, command.selection, notes});
  return draw(command, grid, Below::derivatives, notes);
}

}  // namespace gridgrad::cli
