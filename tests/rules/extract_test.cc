#include "rules/extract.h"

#include <chrono>
#include <sstream>

#include "catch.h"

using namespace planscribe;

namespace {

const RuleSet& shipped() {
  static const RuleSet rules = read_rules({SOURCE_DIR "/rules"});
  return rules;
}

std::vector<SourceLine> lines_of(const std::string& text) {
  std::vector<SourceLine> lines;
  std::istringstream in(text);
  std::string line;
  int number = 0;
  while (std::getline(in, line)) {
    SourceLine source;
    source.text = line;
    source.number = ++number;
    lines.push_back(source);
  }
  return lines;
}

std::string value_of(const OptionalField<std::string>& field) { return field ? field->value : "(null)"; }

std::string recipients_of(const DocumentFields& document) {
  std::string out;
  for (const auto& item : document.recipients) out += (out.empty() ? "" : " | ") + item.value;
  return out;
}

// One line a target: indicator | comparator value unit | per | direction | due | section.
std::string rows_of(const std::vector<Target>& targets) {
  std::ostringstream rows;
  for (const auto& target : targets) {
    rows << target.indicator << " | " << target.comparator << " " << target.value;
    if (target.value_max) rows << "-" << *target.value_max;
    if (target.of) rows << "/" << *target.of;
    rows << " " << target.unit << " | " << target.per.value_or("") << " | " << target.direction.value_or("") << " | "
         << target.due.value_or("") << " | " << target.section.value_or("") << "\n";
  }
  return rows.str();
}

// A line as it was seen on an image.
SourceLine seen(const std::string& text, RegionKind region) {
  SourceLine line;
  line.text = text;
  line.region = region;
  line.layout_known = true;
  return line;
}

const char* kPlan = R"(UBND HUYỆN VĂN QUAN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
ỦY BAN NHÂN DÂN XÃ TRI LỄ Độc lập - Tự do - Hạnh phúc
Số: 17/KH-UBND Tri Lễ, ngày 09 tháng 02 năm 2022

KẾ HOẠCH
Phát động phong trào thi đua yêu nước năm 2022

Căn cứ Kế hoạch số 08/KH-UBND ngày 12/01/2022 của UBND huyện Văn Quan
về phát động thi đua năm 2022;
Ủy ban nhân dân xã Tri Lễ xây dựng Kế hoạch với chủ đề “Đoàn kết, sáng tạo,
vượt khó”, như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Đẩy mạnh phong trào thi đua trong 100% cơ quan, đơn vị theo Chỉ thị số 15-
CT/HU ngày 03/3/2021 của Ban Thường vụ Huyện ủy.

II. CÁC ĐỢT THI ĐUA
- Đợt 1 (từ tháng 02 đến tháng 6/2022): chào mừng 47 năm Ngày giải phóng miền
Nam (30/4/1975 - 30/4/2022).
- Đợt 2: Từ ngày 01/7/2022 đến ngày 15/12/2022, chào mừng Quốc khánh.

III. CHỈ TIÊU THI ĐUA
1. Về kinh tế
- Tổng sản lượng lương thực có hạt đạt 2.150 tấn, tăng 3,2% so với năm 2021.
- Phát triển chăn nuôi: trâu, bò: 640 con; lợn: 1.850 con; dê 220 con.
- Thu ngân sách trên địa bàn: 1 tỷ 250 triệu đồng.
- Thu nhập bình quân đầu người 32 - 35 triệu đồng/người/năm.
2. Về xã hội
- Tỷ lệ hộ nghèo giảm từ 12,5% xuống còn dưới 9% vào cuối năm 2022.
- Giữ vững 3/4 trường đạt chuẩn quốc gia; tỷ lệ trẻ dưới 5 tuổi suy dinh dưỡng còn
14,8%.

IV. TỔ CHỨC THỰC HIỆN
1. Các ngành gửi báo cáo trước ngày 10/12/2022, điện thoại 0205.3830.123.

Nơi nhận:
- UBND huyện (b/c);
- TT Đảng ủy, HĐND xã;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Hoàng Thị Nết
)";

}  // namespace

TEST_CASE("a whole plan: document") {
  const auto document = extract(lines_of(kPlan), shipped()).document;
  CHECK(value_of(document.type) == "KẾ HOẠCH");
  CHECK(value_of(document.number) == "17/KH-UBND");
  CHECK(value_of(document.parent_body) == "UBND huyện Văn Quan");
  CHECK(value_of(document.issuing_body) == "Ủy ban nhân dân xã Tri Lễ");
  CHECK(value_of(document.place) == "Tri Lễ");
  CHECK(value_of(document.issue_date) == "2022-02-09");
  CHECK(value_of(document.title) == "Phát động phong trào thi đua yêu nước năm 2022");
  CHECK(value_of(document.theme) == "Đoàn kết, sáng tạo, vượt khó");
  CHECK(document.plan_year.value_or(Field<int>{}).value == 2022);
  CHECK(value_of(document.signer.authority) == "TM. ỦY BAN NHÂN DÂN");
  CHECK(value_of(document.signer.position) == "PHÓ CHỦ TỊCH");
  CHECK(value_of(document.signer.name) == "Hoàng Thị Nết");
  CHECK(recipients_of(document) == "UBND huyện (b/c) | TT Đảng ủy, HĐND xã | Lưu: VT");
}

TEST_CASE("a whole plan: references and rounds") {
  const Record record = extract(lines_of(kPlan), shipped());
  REQUIRE(record.references.size() == 2);
  CHECK(record.references[0].number == "08/KH-UBND");
  CHECK(record.references[0].date == "2022-01-12");
  CHECK(record.references[0].issuer == "UBND huyện Văn Quan");
  CHECK(record.references[1].number == "15-CT/HU");
  CHECK(record.references[1].evidence.spans.size() == 2);
  REQUIRE(record.rounds.size() == 2);
  CHECK(record.rounds[0].label == "Đợt 1");
  CHECK(record.rounds[0].from == "2022-02");
  CHECK(record.rounds[0].to == "2022-06");
  REQUIRE(record.rounds[0].occasions.size() == 1);
  CHECK(record.rounds[0].occasions[0].anniversary == 47);
  CHECK(record.rounds[0].occasions[0].to == "2022-04-30");
  CHECK(record.rounds[1].from == "2022-07-01");
  CHECK(record.rounds[1].to == "2022-12-15");
}

TEST_CASE("a whole plan: targets") {
  const Record record = extract(lines_of(kPlan), shipped());
  CHECK(rows_of(record.targets) ==
        "Tổng sản lượng lương thực có hạt | = 2150 tấn |  |  |  | III.1\n"
        "Tổng sản lượng lương thực có hạt | = 3.2 % |  | increase |  | III.1\n"
        "Phát triển chăn nuôi: trâu, bò | = 640 con |  |  |  | III.1\n"
        "Phát triển chăn nuôi: lợn | = 1850 con |  |  |  | III.1\n"
        "Phát triển chăn nuôi: dê | = 220 con |  |  |  | III.1\n"
        "Thu ngân sách trên địa bàn | = 1.25 tỷ đồng |  |  |  | III.1\n"
        "Thu nhập bình quân đầu người | = 32-35 triệu đồng | người/năm |  |  | III.1\n"
        "Tỷ lệ hộ nghèo | < 9 % |  | decrease | 2022-12-31 | III.2\n"
        "Trường đạt chuẩn quốc gia | = 3/4 trường |  | maintain |  | III.2\n"
        "Tỷ lệ trẻ dưới 5 tuổi suy dinh dưỡng | = 14.8 % |  |  |  | III.2\n");
  REQUIRE(record.targets.size() == 10);
  CHECK(record.targets[5].amount->value == 1250000000.0);
  const Evidence& last = record.targets[9].evidence;
  CHECK(last.spans.size() == 2);
  CHECK(last.text.find("suy dinh dưỡng còn 14,8%") != std::string::npos);
}

TEST_CASE("a plan with no targets gives none, and blanks are null") {
  const Record record = extract(lines_of("Số:      /KH-UBND\n\nKẾ HOẠCH\nTuyên truyền kỷ niệm 80 năm Cách mạng tháng Tám\n\n"
                                         "I. MỤC ĐÍCH\n- Giáo dục truyền thống cho thế hệ trẻ từ 15 đến 30 tuổi.\n\n"
                                         "II. NỘI DUNG\n- Tuyên truyền Nghị quyết Đại hội lần thứ XIII năm 2021.\n"
                                         "- Treo cờ từ ngày 17/8 đến ngày 03/9, tại khóm 3, liên hệ ĐT: 0296.3853.456.\n"),
                                shipped());
  CHECK(record.targets.empty());
  CHECK_FALSE(record.document.number);
  CHECK_FALSE(record.document.issuing_body);
  CHECK_FALSE(record.document.issue_date);
  CHECK_FALSE(record.document.signer.name);
}

TEST_CASE("numbers with a dash are numbers, no misread Roman ones") {
  const Record record = extract(lines_of("KẾ HOẠCH\nphát động thi đua năm 2013\n\nI- MỤC ĐÍCH\n1- Nâng cao năng lực.\n2- Bình xét dân chủ.\n"
                                         "II- CHỈ TIÊU THI ĐUA\n1- Xây dựng tổ chức\n- Có từ 82% tổ chức cơ sở trở lên vững mạnh.\n"
                                         "2- Bồi dưỡng\n- Mở 05 lớp bồi dưỡng.\n"), shipped());
  REQUIRE(record.targets.size() == 2);
  CHECK(record.targets[0].section.value_or("") == "II.1");
  CHECK(record.targets[1].section.value_or("") == "II.2");
}

TEST_CASE("thousands of numbers in one paragraph are no targets that each carry its words") {
  std::string text = "KẾ HOẠCH\nphát động thi đua năm 2024\n\nI. NỘI DUNG THI ĐUA\n";
  for (int i = 0; i < 3000; ++i) text += "đạt 12%, ";
  CHECK(extract(lines_of(text), shipped()).targets.empty());  // a megabyte of them took 20 GB
}

TEST_CASE("the number of an act is told with plain strokes") {
  const Record record = extract(lines_of("KẾ HOẠCH\nphát động thi đua năm 2024\n\nThực hiện Kế hoạch số 21⁄/KH-UBND ngày 16/02/2024 của UBND huyện; "
                                         "Chỉ thị số 34 – CT/TW ngày 07/4/2014 của Bộ Chính trị.\n"), shipped());
  REQUIRE(record.references.size() == 2);
  CHECK(record.references[0].number == "21/KH-UBND");
  CHECK(record.references[1].number == "34-CT/TW");
}

TEST_CASE("letters and numbers before a dash part sections and bullets") {
  const std::string text = "UBND XÃ A\nKẾ HOẠCH\nThi đua năm 2024\nA- TÌNH HÌNH\nToàn xã có 30 hộ nghèo.\nB- CHỈ TIÊU\nI- VỀ KINH TẾ\n"
                           "1- Đàn dê 200 con.\n2- 85% hộ có vườn rau.\nC- TỔ CHỨC THỰC HIỆN\n1- Mỗi thôn cử 02 người.\n";
  CHECK(rows_of(extract(lines_of(text), shipped()).targets) ==
        "Đàn dê | = 200 con |  |  |  | B.I\nHộ có vườn rau | = 85 % |  |  |  | B.I\n");
}

TEST_CASE("a section number whose dot was read as a comma is one") {
  const std::string text = "KẾ HOẠCH\nphát động thi đua năm 2024\n\nI. MỤC ĐÍCH\nNâng cao năng lực.\nII. NỘI DUNG\n1.2. Nhiệm vụ\nLàm tốt công tác.\n"
                           "1,3. Các chỉ tiêu thi đua\n- Trồng 200 ha rừng.\n";
  const Record record = extract(lines_of(text), shipped());
  REQUIRE(record.targets.size() == 1);
  CHECK(record.targets[0].section.value_or("") == "II.1.3");
}

TEST_CASE("a one that was read as a Roman number is known by the two that follows") {
  const Record record = extract(lines_of("KẾ HOẠCH\nphát động thi đua năm 2013\n\nI- MỤC ĐÍCH\n1- Nâng cao năng lực.\n2- Bình xét dân chủ.\n"
                                         "II- CHỈ TIÊU THI ĐUA\nI- Xây dựng tổ chức\n- Có từ 82% tổ chức cơ sở trở lên vững mạnh.\n"
                                         "2- Bồi dưỡng\n- Mở 05 lớp bồi dưỡng.\n"), shipped());
  REQUIRE(record.targets.size() == 2);
  CHECK(record.targets[0].section.value_or("") == "II.1");
  CHECK(record.targets[1].section.value_or("") == "II.2");
}

TEST_CASE("a plan without a title does not take its first section for one") {
  const Record record = extract(lines_of("KẾ HOẠCH\n\nI. CHỈ TIÊU THI ĐUA\n- Tỷ lệ hộ nghèo: 1%.\n- Tỷ lệ hộ dùng điện: 98%.\n"), shipped());
  CHECK_FALSE(record.document.title);
  CHECK(record.targets.size() == 2);
}

TEST_CASE("a table in an annex behind the signature is read, its values headed as targets") {
  const Record record = extract(lines_of("KẾ HOẠCH\nphát động thi đua năm 2024\n\nI. MỤC ĐÍCH\nNâng cao chất lượng.\n\nNơi nhận:\n- UBND huyện;\n- Lưu: VT.\n\n"
                                         "HIỆU TRƯỞNG\n\nTrần Thị Hoa\n\nPHỤ LỤC\nBIỂU CHỈ TIÊU THI ĐUA\n\nTT | Nội dung | Đơn vị | Chỉ tiêu\n"
                                         "1 | Học sinh lên lớp | % | 98\n2 | Học sinh giỏi cấp huyện | học sinh | 15\n"), shipped());
  REQUIRE(record.targets.size() == 2);
  CHECK(record.targets[0].value == 98);
  CHECK(record.targets[0].unit == "%");
  CHECK(record.targets[1].indicator == "Học sinh giỏi cấp huyện");
  CHECK(value_of(record.document.signer.name) == "Trần Thị Hoa");
}

TEST_CASE("tables are read row by row by the names of their columns") {
  std::vector<SourceLine> lines = lines_of("KẾ HOẠCH\nThi đua năm 2023\n\nI. CHỈ TIÊU\n");
  const char* cells[3][5] = {{"TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2022", "Kế hoạch năm 2023"},
                             {"1", "Tỷ lệ hộ nghèo", "%", "6,1", "≤ 4,5"},
                             {"2", "Sản lượng thủy sản", "Tấn", "1.100", "1.250"}};
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 5; ++column) {
      SourceLine cell = seen(cells[row][column], RegionKind::table);
      cell.table = 0;
      cell.row = row;
      cell.column = column;
      lines.push_back(cell);
    }
  }
  const Record record = extract(lines, shipped());
  CHECK(rows_of(record.targets) ==
        "Tỷ lệ hộ nghèo | <= 4.5 % |  |  |  | \n"
        "Sản lượng thủy sản | = 1250 tấn |  |  |  | \n");
}

TEST_CASE("where the layout is known the regions part head and signature") {
  const std::vector<SourceLine> lines = {seen("UBND TỈNH LÀO CAI", RegionKind::head_left),
                                         seen("SỞ NỘI VỤ", RegionKind::head_left),
                                         seen("Số: 41/KH-SNV", RegionKind::head_left),
                                         seen("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", RegionKind::head_right),
                                         seen("Lào Cai, ngày 15 tháng 01 năm 2023", RegionKind::head_right),
                                         seen("KẾ HOẠCH", RegionKind::title),
                                         seen("Phát động thi đua năm 2023", RegionKind::title),
                                         seen("Nhằm đẩy mạnh phong trào thi đua.", RegionKind::body),
                                         seen("GIÁM ĐỐC", RegionKind::signature),
                                         seen("Giàng A Sình", RegionKind::signature),
                                         seen("Nơi nhận:", RegionKind::recipients),
                                         seen("- UBND tỉnh;", RegionKind::recipients)};
  const auto document = extract(lines, shipped()).document;
  CHECK(value_of(document.issuing_body) == "Sở Nội vụ tỉnh Lào Cai");
  CHECK(value_of(document.parent_body) == "UBND tỉnh Lào Cai");
  CHECK(value_of(document.signer.name) == "Giàng A Sình");
  CHECK(recipients_of(document) == "UBND tỉnh");
}

TEST_CASE("the rule under a body and a misread one in the number are no part of them") {
  const auto document = extract({seen("PHÒNG GIÁO DỤC HUYỆN_", RegionKind::head_left), seen("CẦU KÈ", RegionKind::head_left),
                                 seen("Số: 4I 7/KH-PGDĐT", RegionKind::head_left), seen("KẾ HOẠCH", RegionKind::title)},
                                shipped()).document;
  CHECK(value_of(document.issuing_body) == "Phòng Giáo dục huyện Cầu Kè");
  CHECK(value_of(document.number) == "417/KH-PGDĐT");
}

TEST_CASE("what a seal and a pen leave beside recipients and signature does not join them") {
  std::vector<SourceLine> lines = {seen("KẾ HOẠCH", RegionKind::title), seen("Thi đua năm 2023", RegionKind::title)};
  lines.resize(12, seen("- Các đơn vị thực hiện.", RegionKind::body));
  const std::vector<SourceLine> tail = {seen("Nơi nhận: TM.", RegionKind::recipients),
                                        seen("- UBND huyện (để B/€); SẠC", RegionKind::recipients),
                                        seen("- Các trường học (để T/", RegionKind::recipients),
                                        seen("h}; : 3", RegionKind::recipients),
                                        seen("- Lưu: VT, HĐTĐ; NÓ", RegionKind::recipients),
                                        seen("lò xo", RegionKind::recipients),
                                        seen("BAN THƯỜNG VỤ", RegionKind::signature),
                                        seen("“PHÓ-CHỦ TỊCH", RegionKind::signature),
                                        seen("lê}", RegionKind::signature),
                                        seen(">:Nguyễn'Thị Lụa", RegionKind::signature)};
  lines.insert(lines.end(), tail.begin(), tail.end());
  const auto document = extract(lines, shipped()).document;
  CHECK(recipients_of(document) == "UBND huyện (để B/c) | Các trường học (để T/h) | Lưu: VT, HĐTĐ");
  CHECK(value_of(document.signer.authority) == "TM. BAN THƯỜNG VỤ");
  CHECK(value_of(document.signer.position) == "PHÓ CHỦ TỊCH");
  CHECK(value_of(document.signer.name) == "Nguyễn Thị Lụa");
}

TEST_CASE("a name that ends with a middle name has lost a word and is doubted") {
  const auto confidence_of = [](const char* name) {
    std::vector<SourceLine> lines = {seen("KẾ HOẠCH", RegionKind::title), seen("Thi đua năm 2023", RegionKind::title),
                                     seen("- Các đơn vị thực hiện.", RegionKind::body), seen("CHỦ TỊCH", RegionKind::signature),
                                     seen(name, RegionKind::signature)};
    return extract(lines, shipped()).document.signer.name->evidence.confidence;
  };
  CHECK(confidence_of("Hoàng Văn") < 0.5);
  CHECK(confidence_of("Lò Thị") < 0.5);
  CHECK(confidence_of("Hoàng Văn Tấn") > 0.9);
  CHECK(confidence_of("Lê Duẩn") > 0.9);
}

TEST_CASE("damaged marks, numerals and symbols keep their sections, cues and acts") {
  const Record record = extract(lines_of("KẾ HOẠCH\nThi đua năm 2023\n\nI. Mục đích\n- Thực hiện Nghị quyết số 28/NÑQ-HĐND ngày "
                                         "14/12/2022 của HĐND huyện và Chỉ thị số 19-Cù/Tu ngày 11/6/2020 của Tỉnh ủy.\nHH. Chỉ tiêu thi đua\n"
                                         "1. Doanh thu công nghiệp, tiểu thủ công nghiệp đạt\n1.571,8 tỷ đồng.\n2, Phân đấu kết nạp ít nhất 12 đảng viên.\n"
                                         "3. Tỷ lệ tham gia BHYT đạt 94/7%.\n"),
                                shipped());
  CHECK(rows_of(record.targets) ==
        "Doanh thu công nghiệp, tiểu thủ công nghiệp | = 1571.8 tỷ đồng |  |  |  | II\n"
        "Kết nạp đảng viên | >= 12 đảng viên |  |  |  | II\n"
        "Tỷ lệ tham gia BHYT | = 94.7 % |  |  |  | II\n");
  REQUIRE(record.references.size() == 2);
  CHECK(record.references[0].number == "28/NQ-HĐND");
  CHECK(record.references[1].number == "19-CT/TU");
}

TEST_CASE("an allotment to places is read column by column, sums and past years are left out") {
  const Record record = extract(lines_of("KẾ HOẠCH\nGiảm nghèo năm 2023\n\nI. PHÂN BỔ CHỈ TIÊU\n"
                                         "TT | Xã, thị trấn | Số hộ thoát nghèo (hộ) | Tỷ lệ (%) | Tỷ lệ năm 2022 (%)\n"
                                         "1 | Xã Mường Và | 45 | 3,5 | 4,1\n2 | Thị trấn Nậm Giải | 12 | 2,0 | 2,4\n| Tổng cộng | 57 | 2,9 | 3,3\n"),
                                shipped());
  CHECK(rows_of(record.targets) ==
        "Số hộ thoát nghèo Xã Mường Và | = 45 hộ |  |  |  | \n"
        "Tỷ lệ Xã Mường Và | = 3.5 % |  |  |  | \n"
        "Số hộ thoát nghèo Thị trấn Nậm Giải | = 12 hộ |  |  |  | \n"
        "Tỷ lệ Thị trấn Nậm Giải | = 2 % |  |  |  | \n");
}

TEST_CASE("dates and numbers that disagree are doubted, an impossible date is listed") {
  const Record record = extract(lines_of("UBND HUYỆN A\nSố: 5/KH-UBND\nAn Bình, ngày 31 tháng 02 năm 2023\n\nKẾ HOẠCH\nThi đua năm 2023\n\n"
                                         "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2021 của Chính phủ; Nghị định số 91/2017/NĐ-CP ngày "
                                         "31/7/2017 của Chính phủ;\n"),
                                shipped());
  CHECK_FALSE(record.document.issue_date);
  REQUIRE(record.references.size() == 2);
  CHECK(record.references[0].evidence.confidence < 0.75);
  CHECK(record.references[1].evidence.confidence > 0.9);
  CHECK(record.quality.needs_review == std::vector<std::string>{"document.issue_date", "references[0]"});
}

TEST_CASE("parts that are more than their whole are doubted") {
  const auto doubted = [](const char* last) {
    const Record record = extract(lines_of("KẾ HOẠCH\nThi đua năm 2023\n\nI. CHỈ TIÊU\n- Trồng mới 750 ha rừng, trong đó: rừng phòng hộ 250 ha, "
                                           "rừng sản xuất " + std::string(last) + " ha.\n"),
                                  shipped());
    CHECK(record.targets.size() == 3);
    return record.quality.needs_review.size();
  };
  CHECK(doubted("500") == 0);
  CHECK(doubted("600") == 3);
}

TEST_CASE("uncertain values are listed for review, the least certain first") {
  auto lines = lines_of("KẾ HOẠCH\nThi đua năm 2023\n\nI. CHỈ TIÊU\n- Tỷ lệ hộ nghèo còn 5%.\n- Tỷ lệ hộ khá đạt 40%.\n");
  lines[4].confidence = 0.5f;
  lines[5].confidence = 0.3f;
  const Record record = extract(lines, shipped());
  CHECK(record.quality.needs_review == std::vector<std::string>{"targets[1]", "targets[0]"});
}

TEST_CASE("hostile text takes linear time") {
  std::string hostile = "I. CHỈ TIÊU\n- ";
  for (int i = 0; i < 20000; ++i) hostile += "((từ 1.1.1,1 đến %% ;“";
  const auto start = std::chrono::steady_clock::now();
  extract(lines_of(hostile), shipped());
  extract(lines_of(std::string(1 << 20, '-')), shipped());
  extract(lines_of(std::string(1 << 19, '1')), shipped());
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  CHECK(taken.count() < 20);
}

TEST_CASE("empty and broken input give an empty record") {
  CHECK(extract({}, shipped()).targets.empty());
  CHECK(extract(lines_of("\n\n\n"), shipped()).references.empty());
  CHECK(extract(lines_of("\xff\xfe\n- \x80 5%"), shipped()).references.empty());
}
