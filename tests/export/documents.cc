#include "documents.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <regex>
#include <sstream>

#include "rules/record_json.h"

namespace planscribe {
namespace {

Evidence evidence(const std::string& text, int page) { return {"rule", {}, text, text, page, 3, {}, 0.875}; }

Field<std::string> field(const std::string& value) { return {value, evidence(value, 1)}; }

}  // namespace

Page page_of(int number, const std::string& text) {
  Page page;
  page.number = number;
  page.width = 1000;
  page.height = 1400;
  page.dpi = 100;
  Region region;
  std::istringstream lines(text);
  int top = 100;
  for (std::string line_text; std::getline(lines, line_text); top += 60) {
    Line line;
    std::istringstream words(line_text);
    int left = 100;
    for (std::string word_text; words >> word_text;) {
      Word word;
      word.raw = word.text = word_text;
      const int width = 14 * static_cast<int>(word_text.size());
      word.box = {left, top, left + width, top + 30};
      word.confidence = 0.09f;  // which a wrong writer makes 0.9
      left += width + 15;
      line.words.push_back(word);
    }
    region.lines.push_back(line);
  }
  page.regions.push_back(region);
  return page;
}

Record full_record(const std::string& path) {
  Record record;
  record.source = {path, std::string(64, 'a'), "application/pdf", 2};
  DocumentFields& d = record.document;
  d.type = field("KẾ HOẠCH");
  d.number = field("34/KH-UBND");
  d.issuing_body = field("Ủy ban nhân dân phường Nhơn Hưng");
  d.issue_date = field("2024-03-07");
  d.title = field("Phát động \"thi đua\", năm 2024\n<&>");
  d.theme = field("=HYPERLINK(\"http://x\";\"y\")");
  d.plan_year = Field<int>{2024, evidence("2024", 1)};
  d.period = Field<Period>{{"2024-01", "2024-12"}, evidence("2024", 1)};
  d.recipients = {field("@Đảng ủy"), field("'Các khóm"), field("+84 296"), field("- Lưu: VT")};
  record.references.push_back({"Chỉ thị", "34-CT/TW", "2014-04-07", std::nullopt, evidence("34-CT/TW", 1)});
  Round round{"Đợt 1", "2024-01", "2024-06", {}, evidence("Đợt 1", 2)};
  round.occasions.push_back({"Quốc khánh", 79, "1945-09-02", "2024-09-02", evidence("Quốc khánh", 2)});
  record.rounds.push_back(round);
  Target target;
  target.indicator = "Tỷ lệ hộ nghèo";
  target.value = 0.08;
  target.unit = "%";
  target.comparator = "<";
  target.due = "2024-12-31";
  target.evidence = evidence("- Tỷ lệ hộ nghèo: dưới 0,08%", 2);
  record.targets.push_back(target);
  target.value = -790'000'000'000;
  target.comparator = "=";
  target.unit = "đồng";
  record.targets.push_back(target);
  record.made_by = {"planscribe 1", "tesseract 5", "lm", "rules"};
  return record;
}

void put(Store& store, const std::string& path, const std::vector<Page>& pages, const Record& record) {
  store.put_document({path, record.source.sha256, record.source.media_type, "done", "", "input", "record"}, pages, record,
                     to_json_line(record));
}

std::string pdf_of(const std::string& content, const std::string& page, const std::string& root) {
  std::string pdf = "%PDF-1.5\n";
  std::vector<size_t> places;
  const auto add = [&](const std::string& object) {
    places.push_back(pdf.size());
    pdf += std::to_string(places.size()) + " 0 obj\n" + object + "\nendobj\n";
  };
  add("<< /Type /Catalog /Pages 2 0 R " + root + " >>");
  add("<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /Font << /F1 5 0 R >> >> >>");
  add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 720 1008] /Contents 4 0 R " + page + " >>");
  add("<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream");
  add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  const size_t start = pdf.size();
  pdf += "xref\n0 6\n0000000000 65535 f \n";
  for (size_t place : places) {
    std::array<char, 24> line{};
    std::snprintf(line.data(), line.size(), "%010zu 00000 n \n", place);
    pdf += line.data();
  }
  return pdf + "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n" + std::to_string(start) + "\n%%EOF\n";
}

Command run_command(const std::string& command) {
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  Command result;
  std::array<char, 4096> buffer{};
  for (size_t n; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) result.out.append(buffer.data(), n);
  const int status = pclose(pipe);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  return result;
}

std::vector<FoundWord> words_in(const std::string& pdf) {
  const std::string xml = run_command("pdftotext -cropbox -bbox '" + pdf + "' -").out;
  static const std::regex kWord("<word xMin=\"([-0-9.]+)\" yMin=\"([-0-9.]+)\" xMax=\"([-0-9.]+)\" yMax=\"([-0-9.]+)\">([^<]*)</word>");
  std::vector<FoundWord> words;
  for (std::sregex_iterator it(xml.begin(), xml.end(), kWord), end; it != end; ++it)
    words.push_back({(*it)[5], std::stod((*it)[1]), std::stod((*it)[2]), std::stod((*it)[3]), std::stod((*it)[4])});
  return words;
}

}  // namespace planscribe
