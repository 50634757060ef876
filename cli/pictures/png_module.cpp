// cli/pictures/png_module.cpp: vectors as pixels, by librsvg and cairo
//
// SPDX-License-Identifier: BSD-3-Clause

#include "png_module.hpp"

#include <cmath>
#include <memory>

#include <cairo.h>
#include <librsvg/rsvg.h>

#include "gridgrad/error.hpp"
#include "gridgrad/version.hpp"

namespace gridgrad::cli {
namespace {

constexpr double pixels_per_unit = 2;

template <auto free_function>
struct Free {
  template <typename T>
  void operator()(T* pointer) const {
    free_function(pointer);
  }
};

using Document = std::unique_ptr<RsvgHandle, Free<g_object_unref>>;
using Stream = std::unique_ptr<GInputStream, Free<g_object_unref>>;
using Surface = std::unique_ptr<cairo_surface_t, Free<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Free<cairo_destroy>>;

[[noreturn]] void refuse(const std::string& reason) {
  throw Error(ErrorCode::io, "PNG", reason);
}

[[noreturn]] void refuse(GError* error) {
  const std::unique_ptr<GError, Free<g_error_free>> owner(error);
  refuse(error->message);
}

Document parsed(const std::string& svg) {
  const Stream stream(g_memory_input_stream_new_from_data(
      svg.data(), static_cast<gssize>(svg.size()), nullptr));
  GError* error = nullptr;
  // Maps are longer than what is read without this flag.
  Document document(rsvg_handle_new_from_stream_sync(
      stream.get(), nullptr, RSVG_HANDLE_FLAG_UNLIMITED, nullptr, &error));
  if (document == nullptr) refuse(error);
  return document;
}

cairo_status_t append(void* bytes, const unsigned char* part, unsigned int size) {
  const auto* const begin = reinterpret_cast<const std::byte*>(part);
  auto& all = *static_cast<std::vector<std::byte>*>(bytes);
  all.insert(all.end(), begin, begin + size);
  return CAIRO_STATUS_SUCCESS;
}

void check(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS) refuse(cairo_status_to_string(status));
}

std::vector<std::byte> draw(const std::string& svg) {
  const Document document = parsed(svg);
  double width = 0;
  double height = 0;
  rsvg_handle_get_intrinsic_size_in_pixels(document.get(), &width, &height);
  const double pixels_right = std::ceil(width * pixels_per_unit);
  const double pixels_down = std::ceil(height * pixels_per_unit);
  const Surface surface(cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, static_cast<int>(pixels_right), static_cast<int>(pixels_down)));
  check(cairo_surface_status(surface.get()));
  const Context context(cairo_create(surface.get()));
  const RsvgRectangle all = {0, 0, pixels_right, pixels_down};
  GError* error = nullptr;
  if (!rsvg_handle_render_document(document.get(), context.get(), &all, &error)) {
    refuse(error);
  }
  std::vector<std::byte> bytes;
  check(cairo_surface_write_to_png_stream(surface.get(), append, &bytes));
  return bytes;
}

const PngModule functions = {version, draw};

}  // namespace
}  // namespace gridgrad::cli

extern "C" __attribute__((visibility("default"))) const gridgrad::cli::PngModule*
gridgrad_png_module() {
  return &gridgrad::cli::functions;
}
