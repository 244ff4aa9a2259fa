#include "pipeline/pdf.h"

#include <poppler-document.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <cmath>

#include "pipeline/error.h"

namespace planscribe {
namespace {

constexpr double kPointsPerInch = 72;

// Poppler has one place for messages in a process.
std::string first_message;

void keep_first_message(const std::string& message, void*) {
  if (first_message.empty()) first_message = message.substr(0, message.find_last_not_of("\n ") + 1);
}

std::string utf8(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return {bytes.begin(), bytes.end()};
}

}  // namespace

struct Pdf::Impl {
  std::string path;
  std::unique_ptr<poppler::document> document;
  std::string complaint;  // of the last page drawn

  std::unique_ptr<poppler::page> page(int number) const {
    std::unique_ptr<poppler::page> page(document->create_page(number - 1));
    if (!page) throw Error(ExitCode::input_file, path + ": page " + std::to_string(number) + " cannot be read");
    return page;
  }
};

Pdf::Pdf(const std::string& path) : impl_(std::make_unique<Impl>()) {
  poppler::set_debug_error_function(keep_first_message, nullptr);
  impl_->path = path;
  impl_->document.reset(poppler::document::load_from_file(path));
  if (!impl_->document) throw Error(ExitCode::input_file, path + ": not a readable PDF; it may be cut off or damaged");
  if (impl_->document->is_locked())
    throw Error(ExitCode::encrypted, path + ": the PDF is encrypted; remove the password first, e.g. with qpdf --decrypt");
}

Pdf::~Pdf() = default;

const std::string& Pdf::complaint() const { return impl_->complaint; }

int Pdf::page_count() const { return impl_->document->pages(); }

std::pair<double, double> Pdf::page_size(int number) const {
  const auto page = impl_->page(number);
  const poppler::rectf rect = page->page_rect(poppler::crop_box);
  const auto orientation = page->orientation();
  if (orientation == poppler::page::landscape || orientation == poppler::page::seascape)
    return {rect.height(), rect.width()};
  return {rect.width(), rect.height()};
}

std::vector<LayerWord> Pdf::text_layer(int number, int dpi) const {
  const auto page = impl_->page(number);
  const double scale = dpi / kPointsPerInch;
  std::vector<LayerWord> words;
  for (const poppler::text_box& box : page->text_list()) {
    const poppler::rectf r = box.bbox();
    words.push_back({utf8(box.text()),
                     {static_cast<int>(std::floor(r.left() * scale)), static_cast<int>(std::floor(r.top() * scale)),
                      static_cast<int>(std::ceil(r.right() * scale)), static_cast<int>(std::ceil(r.bottom() * scale))},
                     box.has_space_after(),
                     box.rotation() * 90});
  }
  return words;
}

Scan Pdf::render(int number, int dpi) const {
  const auto page = impl_->page(number);
  poppler::page_renderer renderer;
  renderer.set_render_hint(poppler::page_renderer::antialiasing);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
  renderer.set_image_format(poppler::image::format_argb32);
  first_message.clear();
  const poppler::image image = renderer.render_page(page.get(), dpi, dpi);
  impl_->complaint = first_message;
  if (!image.is_valid())
    throw Error(ExitCode::input_file, impl_->path + ": page " + std::to_string(number) + " cannot be drawn");
  return {make_pix_argb32(reinterpret_cast<const unsigned char*>(image.const_data()), image.width(), image.height(),
                          image.bytes_per_row()),
          dpi};
}

}  // namespace planscribe
