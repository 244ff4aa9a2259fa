// The searchable PDF as Poppler and qpdf see it: words where they are printed, pages as they were.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "catch.h"
#include "documents.h"
#include "pipeline/hash.h"
#include "pipeline/image.h"
#include "pipeline/error.h"
#include "pipeline/searchable_pdf.h"

using namespace planscribe;

namespace {

const std::string kText = "ỦY BAN NHÂN DÂN xã Suối Đá\nTỷ lệ hộ nghèo: dưới 0,08%";

// Each printed word is found, with its marks, where its box is (pixels * scale = points, from the top left as shown).
void check_places(const std::string& pdf, const Page& page, double scale, double slack = 3) {
  const std::vector<FoundWord> found = words_in(pdf);
  size_t at = 0;
  for (const Region& region : page.regions)
    for (const Line& line : region.lines)
      for (const Word& word : line.words) {
        const auto match = std::find_if(found.begin(), found.end(), [&](const FoundWord& f) { return f.text == word.text; });
        INFO(word.text << " in " << pdf);
        REQUIRE(match != found.end());
        CHECK(std::abs(match->left - word.box.left * scale) < slack);
        CHECK(std::abs(match->right - word.box.right * scale) < slack);
        CHECK(std::abs(match->top - word.box.top * scale) < slack);
        CHECK(std::abs(match->bottom - word.box.bottom * scale) < slack);
        ++at;
      }
  CHECK(found.size() == at);
}

void check_sound(const std::string& pdf) {
  const Command check = run_command("qpdf --check '" + pdf + "'");
  INFO(check.out);
  CHECK(check.exit_code == 0);
}

std::string picture_of(const std::string& pdf) { return run_command("pdftoppm -r 40 '" + pdf + "'").out; }

// The page as a scanner sees it that has it turned clockwise by `degrees` (90: the first line runs downwards).
Page turned(Page page, int degrees) {
  const int width = page.width, height = page.height;
  for (Region& region : page.regions)
    for (Line& line : region.lines)
      for (Word& word : line.words) {
        const Box b = word.box;
        if (degrees == 90) word.box = {height - b.bottom, b.left, height - b.top, b.right};
        if (degrees == 180) word.box = {width - b.right, height - b.bottom, width - b.left, height - b.top};
        if (degrees == 270) word.box = {b.top, width - b.right, b.bottom, width - b.left};
      }
  if (degrees % 180 != 0) std::swap(page.width, page.height);
  page.rotation = (360 - degrees) % 360;
  return page;
}

Scan grey_scan(int width, int height) {
  std::string pixels(static_cast<size_t>(width) * height, '\xC0');
  return {make_pix_gray(reinterpret_cast<const unsigned char*>(pixels.data()), width, height, width), 100};
}

}  // namespace

TEST_CASE("the words of a scan are found with their marks, in their boxes, and the page looks as before") {
  const TestFolder folder;
  const std::string scan = folder.write("scan.pdf", pdf_of("0.5 g 100 100 200 300 re f 2 0 0 2 0 0 cm")), out = folder / "out.pdf";
  const Page page = page_of(1, kText);
  CHECK(write_searchable_pdf(scan, {page}, out).empty());
  check_sound(out);
  check_places(out, page, 0.72);
  CHECK(run_command("pdftotext '" + out + "' -").out.find("Tỷ lệ hộ nghèo: dưới 0,08%") != std::string::npos);
  CHECK(picture_of(out) == picture_of(scan));
  const std::string plain = run_command("qpdf --stream-data=uncompress '" + out + "' -").out;
  CHECK(plain.find("0.5 g 100 100 200 300 re f 2 0 0 2 0 0 cm") != std::string::npos);
  CHECK(run_command("pdffonts '" + out + "'").out.find("CID TrueType") != std::string::npos);
}

TEST_CASE("turned pages, crop boxes and upside-down scans: the text follows the print") {
  const TestFolder folder;
  for (const char* rotate : {"0", "90", "180", "270", "-90"}) {
    const bool sideways = std::string(rotate).find("90") != std::string::npos || std::string(rotate) == "270";
    const std::string keys = std::string("/Rotate ") + rotate + " /CropBox [100 50 600 850]";  // 500 x 800 points
    const std::string scan = folder.write("scan.pdf", pdf_of("", keys)), out = folder / "out.pdf";
    for (int degrees : {0, 90, 180, 270}) {
      INFO("rotate " << rotate << ", scan turned by " << degrees);
      Page page = turned(page_of(1, "một hai ba"), degrees);
      const double shown_width = sideways ? 800 : 500;
      page.width = static_cast<int>(shown_width * 2);
      page.height = static_cast<int>((1300 - shown_width) * 2);
      for (Word& word : page.regions[0].lines[0].words)  // into the page, whatever the turn made of it
        word.box = {word.box.left % 900, word.box.top % 900, word.box.left % 900 + word.box.width(), word.box.top % 900 + word.box.height()};
      write_searchable_pdf(scan, {page}, out);
      check_places(out, page, 0.5);
    }
  }
}

TEST_CASE("content too long to be a page's is not looked through for an old layer, the words are added all the same") {
  const TestFolder folder;
  const std::string old_layer = "BT 3 Tr (old) Tj ET ", out = folder / "out.pdf";
  const auto keeps_old_layer = [&](size_t spaces) {
    const std::string scan = folder.write("scan.pdf", pdf_of(old_layer + std::string(spaces, ' ')));
    write_searchable_pdf(scan, {page_of(1, kText)}, out);
    check_sound(out);
    return run_command("qpdf --stream-data=uncompress '" + out + "' - | grep -c '(old)'").exit_code == 0;
  };
  CHECK_FALSE(keeps_old_layer(1 << 10));
  CHECK(keeps_old_layer(33 << 20));
}

TEST_CASE("skewed lines: every word at its height") {
  const TestFolder folder;
  Page page = page_of(1, "một hai ba bốn năm sáu bảy tám chín mười");
  for (Word& word : page.regions[0].lines[0].words) {
    const int drop = word.box.left / 30;  // about two degrees
    word.box.top += drop, word.box.bottom += drop;
  }
  const std::string scan = folder.write("scan.pdf", pdf_of("")), out = folder / "out.pdf";
  write_searchable_pdf(scan, {page}, out);
  check_places(out, page, 0.72);
}

TEST_CASE("an old invisible layer goes, visible text stays, forms that others share stay") {
  const TestFolder folder;
  const std::string content =
      "q BT /F1 20 Tf 3 Tr 80 800 Td (old) Tj [(lay) -20 (er)] TJ 1 2 (quote) \" ET Q "
      "BT 0 Tr /F1 20 Tf 80 100 Td (visible) Tj ET BT /F1 20 Tf 80 60 Td (mixed) Tj 3 Tr (both) Tj 0 Tr ET";
  const std::string scan = folder.write("scan.pdf", pdf_of(content)), out = folder / "out.pdf";
  write_searchable_pdf(scan, {page_of(1, "mới")}, out);
  check_sound(out);
  const std::string text = run_command("pdftotext '" + out + "' -").out;
  for (const char* word : {"mới", "visible", "mixed"}) CHECK(text.find(word) != std::string::npos);
  for (const char* word : {"old", "layer", "quote"}) CHECK(text.find(word) == std::string::npos);
  CHECK(picture_of(out) == picture_of(scan));
}

TEST_CASE("the layer that OCR programs put into a form goes too, a trusted page keeps its bytes") {
  const TestFolder folder;
  std::string form = pdf_of("/Ocr Do", "/Resources << /XObject << /Ocr 6 0 R >> >>");
  const std::string stream = "BT 3 Tr /F1 20 Tf 80 800 Td (badlayer) Tj ET";
  form.insert(form.find("xref\n"), "6 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 720 1008] /Resources << /Font << /F1 5 0 R >> >> /Length " +
                                       std::to_string(stream.size()) + " >>\nstream\n" + stream + "\nendstream\nendobj\n");
  const std::string scan = folder.write("form.pdf", form), out = folder / "out.pdf";
  REQUIRE(run_command("pdftotext '" + scan + "' - 2>/dev/null").out.find("badlayer") != std::string::npos);
  write_searchable_pdf(scan, {page_of(1, "mới")}, out);
  CHECK(run_command("pdftotext '" + out + "' -").out == "mới\n\n\f");
  Page trusted = page_of(1, "mới");
  trusted.origin = PageOrigin::text_layer;
  write_searchable_pdf(scan, {trusted}, out);
  CHECK(run_command("pdftotext '" + out + "' -").out == "badlayer\n\n\f");
}

TEST_CASE("text under the scan goes, unless something of it may be seen") {
  const TestFolder folder;
  const std::string out = folder / "out.pdf", text = "BT /F1 20 Tf 80 800 Td (hidden) Tj ET ", after = " BT /F1 20 Tf 80 90 Td (stamp) Tj ET";
  const auto with_image = [&](const std::string& content, const std::string& image_keys) {
    std::string pdf = pdf_of(content, "/Resources << /Font << /F1 5 0 R >> /XObject << /Im 6 0 R >> >>");
    return pdf.insert(pdf.find("xref\n"), "6 0 obj\n<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray " +
                                              image_keys + " /Length 1 >>\nstream\nA\nendstream\nendobj\n");
  };
  const auto text_after = [&](const std::string& pdf) {
    write_searchable_pdf(folder.write("scan.pdf", pdf), {page_of(1, "mới")}, out);
    CHECK(picture_of(out) == picture_of(folder / "scan.pdf"));
    return run_command("pdftotext '" + out + "' -").out;
  };
  const std::string covered = text_after(with_image(text + "q 720 0 0 1008 0 0 cm /Im Do Q" + after, ""));
  CHECK((covered.find("hidden") == std::string::npos && covered.find("stamp") != std::string::npos && covered.find("mới") != std::string::npos));
  CHECK(text_after(with_image(text + "q 360 0 0 1008 0 0 cm /Im Do Q", "")).find("hidden") != std::string::npos);
  CHECK(text_after(with_image(text + "0 0 9 9 re W n q 720 0 0 1008 0 0 cm /Im Do Q", "")).find("hidden") != std::string::npos);
  CHECK(text_after(with_image(text + "q 720 0 0 1008 0 0 cm /Im Do Q", "/Mask [65 65]")).find("hidden") != std::string::npos);
}

TEST_CASE("images become pages that keep their bytes") {
  const TestFolder folder;
  const std::string png = png_of(grey_scan(1000, 1400)), out = folder / "out.pdf";
  const Page page = page_of(1, kText);
  write_searchable_pdf(folder.write("scan.png", png), {page}, out);
  check_sound(out);
  check_places(out, page, 0.72);
  const size_t data = png.find("IDAT") + 4;
  CHECK(read_file(out).find(png.substr(data, 200)) != std::string::npos);
  const std::string list = run_command("pdfimages -list '" + out + "'").out;
  CHECK(list.find("1000  1400  gray") != std::string::npos);

  const Command extracted = run_command("pdfimages -all -f 1 -l 1 " SOURCE_DIR "/corpus/samples/plans/cau_da_2024.office.pdf " + folder.path() + "/scan");
  REQUIRE(extracted.exit_code == 0);
  const std::string jpeg = folder / "scan-000.jpg", bytes = read_file(jpeg);
  REQUIRE(bytes.size() > 1000);
  Page photo = page_of(1, "một hai");
  photo.dpi = 0;  // then the page is as high as A4
  write_searchable_pdf(jpeg, {photo}, out);
  check_sound(out);
  CHECK(read_file(out).find(bytes) != std::string::npos);
  CHECK(run_command("pdfinfo '" + out + "'").out.find("x 841.89") != std::string::npos);
}

TEST_CASE("an upside-down image is shown upright, its text readable from left to right") {
  const TestFolder folder;
  const Page upright = page_of(1, "một hai ba"), page = turned(upright, 180);
  const std::string out = folder / "out.pdf";
  write_searchable_pdf(folder.write("scan.png", png_of(grey_scan(1000, 1400))), {page}, out);
  check_places(out, upright, 0.72);
  CHECK(run_command("pdftotext '" + out + "' -").out.find("một hai ba") != std::string::npos);
}

TEST_CASE("encrypted and signed documents are not touched, what becomes of the copy is said") {
  const TestFolder folder;
  const std::string plain = folder.write("plain.pdf", pdf_of("")), out = folder / "out.pdf";
  const std::string locked = folder / "locked.pdf", restricted = folder / "restricted.pdf";
  REQUIRE(run_command("qpdf --encrypt user owner 256 -- " + plain + " " + locked).exit_code == 0);
  REQUIRE(run_command("qpdf --encrypt '' owner 256 --modify=none -- " + plain + " " + restricted).exit_code == 0);
  try {
    write_searchable_pdf(locked, {page_of(1, kText)}, out);
    FAIL("an encrypted PDF was opened without its password");
  } catch (const Error& e) {
    CHECK(e.code() == ExitCode::encrypted);
    CHECK(std::string(e.what()).find("password") != std::string::npos);
  }
  CHECK_FALSE(std::filesystem::exists(out));
  CHECK(write_searchable_pdf(restricted, {page_of(1, kText)}, out).find("encrypted") != std::string::npos);
  CHECK(run_command("qpdf --show-encryption " + out).out.find("modify anything: not allowed") != std::string::npos);
  check_places(out, page_of(1, kText), 0.72);

  const std::string signed_file = folder.write("signed.pdf", pdf_of("", "", "/AcroForm << /SigFlags 3 /Fields [] >>"));
  const std::string before = sha256_of_file(signed_file);
  CHECK(write_searchable_pdf(signed_file, {page_of(1, kText)}, out).find("signature does not hold") != std::string::npos);
  CHECK(sha256_of_file(signed_file) == before);
}

TEST_CASE("a document that changed since it was read is not given another's words") {
  const TestFolder folder;
  const std::string path = folder.write("plan.pdf", pdf_of("")), db = folder / "corpus.db";
  Record record = full_record(path);
  record.source.sha256 = sha256_of_file(path);
  {
    Store store(db);
    put(store, path, {page_of(1, kText)}, record);
  }
  const Outcome good = planscribe::planscribe({"export", "--format", "pdf", "--corpus", db, "-o", folder / "out"});
  INFO(good.err);
  CHECK(good.exit_code == 0);
  check_places(folder / "out/plan.pdf", page_of(1, kText), 0.72);
  folder.write("plan.pdf", pdf_of("0 g"));
  const Outcome changed = planscribe::planscribe({"export", "--format", "pdf", "--corpus", db, "-o", folder / "again"});
  CHECK(changed.exit_code == 2);
  CHECK(changed.err.find("has changed since it was read") != std::string::npos);
  std::filesystem::remove(path);
  CHECK(planscribe::planscribe({"export", "--format", "pdf", "--corpus", db, "-o", folder / "again"}).exit_code == 5);
}

TEST_CASE("hostile content ends in bounded time") {
  const TestFolder folder;
  const std::string out = folder / "out.pdf";
  std::string deep = pdf_of("/A Do", "/Resources << /XObject << /A 6 0 R >> >>");
  deep.insert(deep.find("xref\n"), "6 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 6 0 R /B 6 0 R >> >> /Length 5 >>\nstream\n/A Do\nendstream\nendobj\n");
  write_searchable_pdf(folder.write("circle.pdf", deep), {page_of(1, "mới")}, out);
  CHECK(words_in(out).size() == 1);
  for (const char* content : {"BT 3 Tr (never ends", "Q Q Q ET ET 3 Tr", "BI /W 1 ID x", "BT BT BT 3 Tr (x) Tj", "q q q q"}) {
    INFO(content);
    write_searchable_pdf(folder.write("odd.pdf", pdf_of(content)), {page_of(1, "mới")}, out);
    CHECK(words_in(out).size() == 1);
  }
  CHECK_THROWS_AS(write_searchable_pdf(folder.write("cut.pdf", "%PDF-1.4\n1 0 obj <<"), {page_of(1, "mới")}, folder / "no.pdf"), Error);
  CHECK_FALSE(std::filesystem::exists(folder / "no.pdf"));
}
