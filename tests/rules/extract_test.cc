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
  const Record record = extract(lines_of(kPlan), shipped());
  const auto& document = record.document;
  REQUIRE(document.type);
  CHECK(document.type->value == "KẾ HOẠCH");
  REQUIRE(document.number);
  CHECK(document.number->value == "17/KH-UBND");
  REQUIRE(document.parent_body);
  CHECK(document.parent_body->value == "UBND huyện Văn Quan");
  REQUIRE(document.issuing_body);
  CHECK(document.issuing_body->value == "Ủy ban nhân dân xã Tri Lễ");
  REQUIRE(document.place);
  CHECK(document.place->value == "Tri Lễ");
  REQUIRE(document.issue_date);
  CHECK(document.issue_date->value == "2022-02-09");
  REQUIRE(document.title);
  CHECK(document.title->value == "Phát động phong trào thi đua yêu nước năm 2022");
  REQUIRE(document.theme);
  CHECK(document.theme->value == "Đoàn kết, sáng tạo, vượt khó");
  REQUIRE(document.plan_year);
  CHECK(document.plan_year->value == 2022);
  REQUIRE(document.signer.authority);
  CHECK(document.signer.authority->value == "TM. ỦY BAN NHÂN DÂN");
  REQUIRE(document.signer.position);
  CHECK(document.signer.position->value == "PHÓ CHỦ TỊCH");
  REQUIRE(document.signer.name);
  CHECK(document.signer.name->value == "Hoàng Thị Nết");
  REQUIRE(document.recipients.size() == 3);
  CHECK(document.recipients[2].value == "Lưu: VT");
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
  std::ostringstream rows;
  for (const auto& target : record.targets) {
    rows << target.indicator << " | " << target.comparator << " " << target.value;
    if (target.value_max) rows << "-" << *target.value_max;
    if (target.of) rows << "/" << *target.of;
    rows << " " << target.unit << " | " << target.per.value_or("") << " | " << target.direction.value_or("") << " | "
         << target.due.value_or("") << " | " << target.section.value_or("") << "\n";
  }
  CHECK(rows.str() ==
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

TEST_CASE("a plan without a title does not take its first section for one") {
  const Record record = extract(lines_of("KẾ HOẠCH\n\nI. CHỈ TIÊU THI ĐUA\n- Tỷ lệ hộ nghèo: 1%.\n- Tỷ lệ hộ dùng điện: 98%.\n"), shipped());
  CHECK_FALSE(record.document.title);
  CHECK(record.targets.size() == 2);
}

TEST_CASE("tables are read row by row by the names of their columns") {
  std::vector<SourceLine> lines = lines_of("KẾ HOẠCH\nThi đua năm 2023\n\nI. CHỈ TIÊU\n");
  const char* cells[3][5] = {{"TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2022", "Kế hoạch năm 2023"},
                             {"1", "Tỷ lệ hộ nghèo", "%", "6,1", "≤ 4,5"},
                             {"2", "Sản lượng thủy sản", "Tấn", "1.100", "1.250"}};
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 5; ++column) {
      SourceLine cell;
      cell.text = cells[row][column];
      cell.region = RegionKind::table;
      cell.layout_known = true;
      cell.table = 0;
      cell.row = row;
      cell.column = column;
      lines.push_back(cell);
    }
  }
  const Record record = extract(lines, shipped());
  REQUIRE(record.targets.size() == 2);
  CHECK(record.targets[0].indicator == "Tỷ lệ hộ nghèo");
  CHECK(record.targets[0].value == 4.5);
  CHECK(record.targets[0].comparator == "<=");
  CHECK(record.targets[1].value == 1250);
  CHECK(record.targets[1].unit == "tấn");
}

TEST_CASE("where the layout is known the regions part head and signature") {
  std::vector<SourceLine> lines;
  const auto add = [&](const char* text, RegionKind region) {
    SourceLine line;
    line.text = text;
    line.region = region;
    line.layout_known = true;
    line.number = static_cast<int>(lines.size()) + 1;
    lines.push_back(line);
  };
  add("UBND TỈNH LÀO CAI", RegionKind::head_left);
  add("SỞ NỘI VỤ", RegionKind::head_left);
  add("Số: 41/KH-SNV", RegionKind::head_left);
  add("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", RegionKind::head_right);
  add("Lào Cai, ngày 15 tháng 01 năm 2023", RegionKind::head_right);
  add("KẾ HOẠCH", RegionKind::title);
  add("Phát động thi đua năm 2023", RegionKind::title);
  add("Nhằm đẩy mạnh phong trào thi đua.", RegionKind::body);
  add("GIÁM ĐỐC", RegionKind::signature);
  add("Giàng A Sình", RegionKind::signature);
  add("Nơi nhận:", RegionKind::recipients);
  add("- UBND tỉnh;", RegionKind::recipients);
  const Record record = extract(lines, shipped());
  REQUIRE(record.document.issuing_body);
  CHECK(record.document.issuing_body->value == "Sở Nội vụ tỉnh Lào Cai");
  REQUIRE(record.document.parent_body);
  CHECK(record.document.parent_body->value == "UBND tỉnh Lào Cai");
  REQUIRE(record.document.signer.name);
  CHECK(record.document.signer.name->value == "Giàng A Sình");
  CHECK(record.document.recipients.size() == 1);
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
