#include "pipeline/searchable_pdf.h"

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <algorithm>

#include "pipeline/error.h"
#include "pipeline/image.h"
#include "pipeline/input_file.h"
#include "pipeline/outputs.h"
#include "pipeline/pdf.h"
#include "pipeline/pdf_image.h"
#include "pipeline/pdf_invisible_text.h"
#include "pipeline/pdf_text_layer.h"
#include "pipeline/text_files.h"

namespace planscribe {
namespace {

constexpr double kPointsPerInch = 72;
constexpr double kA4Height = 841.89;  // points: the longer side of an image that does not say its resolution

// Gives pages their layer; all share one font.
class LayerWriter {
 public:
  explicit LayerWriter(QPDF& pdf) : pdf_(pdf) {}

  // Before the page's own content, so that nothing which that leaves behind (scale, clip) touches it.
  void add(QPDFPageObjectHelper& page, const Page& read, const PixelMap& map) {
    const std::string name = free_font_name(page);
    const std::string content = text_layer_content(read, map, name);
    if (content.empty()) return;
    add_font(page, name);
    page.addPageContents(pdf_.newStream(content), true);
  }

 private:
  static std::string free_font_name(QPDFPageObjectHelper& page) {
    QPDFObjectHandle resources = page.getAttribute("/Resources", false);
    QPDFObjectHandle fonts = resources.isDictionary() ? resources.getKey("/Font") : QPDFObjectHandle::newNull();
    std::string name = "/Planscribe";
    for (int n = 2; fonts.isDictionary() && fonts.hasKey(name); ++n) name = "/Planscribe" + std::to_string(n);
    return name;
  }

  // Pages may share their resources: this page gets its own.
  void add_font(QPDFPageObjectHelper& page, const std::string& name) {
    if (!font_.isInitialized()) font_ = make_glyphless_font(pdf_);
    QPDFObjectHandle resources = page.getAttribute("/Resources", false);
    resources = resources.isDictionary() ? resources.shallowCopy() : QPDFObjectHandle::newDictionary();
    QPDFObjectHandle fonts = resources.getKey("/Font");
    fonts = fonts.isDictionary() ? fonts.shallowCopy() : QPDFObjectHandle::newDictionary();
    fonts.replaceKey(name, font_);
    resources.replaceKey("/Font", fonts);
    page.getObjectHandle().replaceKey("/Resources", resources);
  }

  QPDF& pdf_;
  QPDFObjectHandle font_;
};

CropBox shown_box(QPDFPageObjectHelper& page) {
  const auto crop = page.getCropBox().getArrayAsRectangle(), media = page.getMediaBox().getArrayAsRectangle();
  return {std::max(std::min(crop.llx, crop.urx), std::min(media.llx, media.urx)),
          std::max(std::min(crop.lly, crop.ury), std::min(media.lly, media.ury)),
          std::min(std::max(crop.llx, crop.urx), std::max(media.llx, media.urx)),
          std::min(std::max(crop.lly, crop.ury), std::max(media.lly, media.ury))};
}

int turn_of(QPDFPageObjectHelper& page) {
  QPDFObjectHandle rotate = page.getAttribute("/Rotate", false);
  return rotate.isInteger() ? static_cast<int>(rotate.getIntValue() % 360) : 0;
}

bool wants_layer(const Page& page) {
  return page.status == PageStatus::read && page.origin != PageOrigin::text_layer && page.width > 0 && page.height > 0;
}

bool is_signed(QPDF& pdf) {
  QPDFObjectHandle form = pdf.getRoot().getKey("/AcroForm");
  if (pdf.getRoot().hasKey("/Perms")) return true;
  if (!form.isDictionary()) return false;
  QPDFObjectHandle flags = form.getKey("/SigFlags"), fields = form.getKey("/Fields");
  if (flags.isInteger() && (flags.getIntValue() & 1) != 0) return true;
  for (int i = 0, n = fields.isArray() ? fields.getArrayNItems() : 0; i < n; ++i) {
    QPDFObjectHandle field = fields.getArrayItem(i);
    if (field.isDictionary() && field.getKey("/FT").isNameAndEquals("/Sig") && field.hasKey("/V")) return true;
  }
  return false;
}

std::string notes_on(QPDF& pdf) {
  std::string notes;
  if (is_signed(pdf)) notes += "is signed; the original is untouched, but its signature does not hold for the copy";
  if (pdf.isEncrypted()) notes += std::string(notes.empty() ? "" : "; ") + "is encrypted; the copy has the same restrictions";
  return notes;
}

void save(QPDF& pdf, const std::string& output) {
  WholeFile file(output);
  QPDFWriter writer(pdf, file.part().c_str());
  writer.setDecodeLevel(qpdf_dl_none);  // streams keep their bytes; only new ones are compressed
  writer.setCompressStreams(true);
  if (!pdf.isEncrypted()) writer.setDeterministicID(true);
  writer.write();
  file.commit();
}

void layer_pdf(QPDF& pdf, const std::vector<Page>& pages) {
  const std::vector<QPDFPageObjectHelper> targets = QPDFPageDocumentHelper(pdf).getAllPages();
  LayerWriter layers(pdf);
  for (const Page& read : pages) {
    if (!wants_layer(read) || read.number > static_cast<int>(targets.size())) continue;
    QPDFPageObjectHelper page = targets[read.number - 1];
    remove_invisible_text(page);
    layers.add(page, read, pixel_map(shown_box(page), turn_of(page), read.width, read.height));
  }
}

std::string copy_pdf(const std::string& document, const std::vector<Page>& pages, const std::string& output) {
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  pdf.processFile(document.c_str());
  // Pages were counted by Poppler; in a damaged file qpdf may find others, and words would go astray.
  if (Pdf(document).page_count() != static_cast<int>(pdf.getAllPages().size()))
    throw Error(ExitCode::input_file, document + ": is damaged, its pages cannot be told apart safely; repair it, e.g. with qpdf, and read it again");
  layer_pdf(pdf, pages);
  const std::string notes = notes_on(pdf);
  save(pdf, output);
  return notes;
}

void make_pdf(const std::string& document, const std::vector<Page>& pages, const std::string& output) {
  const std::string bytes = read_file(document);
  const ImageFile file(bytes);
  QPDF pdf;
  pdf.emptyPDF();
  LayerWriter layers(pdf);
  for (const Page& read : pages) {
    const PdfImage image = make_pdf_image(pdf, bytes, file, read.number - 1);
    const double scale = read.dpi > 0 ? kPointsPerInch / read.dpi : kA4Height / std::max({image.width, image.height, 1});
    const double width = image.width * scale, height = image.height * scale;
    QPDFPageObjectHelper page(add_image_page(pdf, image, width, height));
    if (wants_layer(read)) layers.add(page, read, pixel_map({0, 0, width, height}, 0, read.width, read.height));
    if (read.rotation != 0) page.getObjectHandle().replaceKey("/Rotate", QPDFObjectHandle::newInteger(read.rotation));
  }
  save(pdf, output);
}

}  // namespace

std::string write_searchable_pdf(const std::string& document, const std::vector<Page>& pages, const std::string& output) {
  try {
    if (sniff(document) == InputKind::pdf) return copy_pdf(document, pages, output);
    make_pdf(document, pages, output);
    return "";
  } catch (const Error&) {
    throw;
  } catch (const QPDFExc& e) {
    if (e.getErrorCode() == qpdf_e_password)
      throw Error(ExitCode::encrypted, document + ": the PDF is encrypted and needs a password; no copy is made; remove the password first, e.g. with qpdf --decrypt");
    throw Error(ExitCode::input_file, document + ": no searchable copy can be made: " + e.getMessageDetail());
  } catch (const std::runtime_error& e) {
    throw Error(ExitCode::file_access, output + ": cannot be written: " + e.what());
  }
}

}  // namespace planscribe
