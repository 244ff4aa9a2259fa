#include "models/restorer.h"

#include <filesystem>
#include <fstream>
#include <random>

#include "catch.h"
#include "models/letters.h"
#include "models/unicode.h"
#include "pipeline/error.h"
#include "tests/models/scratch.h"

using namespace planscribe;
namespace fs = std::filesystem;

namespace {

const std::string kModels = std::string(SOURCE_DIR) + "/models";

const Restorer& restorer() {
  static const Restorer one(kModels);
  return one;
}

std::vector<LineInput> inputs(const std::vector<std::string>& lines) {
  std::vector<LineInput> out;
  for (const std::string& line : lines) out.push_back({line, {}});
  return out;
}

std::vector<std::string> restored(const std::vector<std::string>& lines, Channel channel = Channel::automatic) {
  std::vector<std::string> out;
  for (const RestoredLine& line : restorer().restore(inputs(lines), channel)) out.push_back(line.text);
  return out;
}

// Every change tells the truth about before and after, and nothing else differs.
void check_changes(const std::string& input, const RestoredLine& line) {
  std::string rebuilt;
  int at = 0;
  for (const Change& c : line.changes) {
    REQUIRE(c.begin >= at);
    REQUIRE(c.end >= c.begin);
    rebuilt += input.substr(at, c.begin - at);
    REQUIRE(static_cast<int>(rebuilt.size()) == c.out_begin);
    rebuilt += line.text.substr(c.out_begin, c.out_end - c.out_begin);
    at = c.end;
    CHECK(c.margin >= 0);
  }
  rebuilt += input.substr(at);
  CHECK(rebuilt == line.text);
}

// A folder like models/ whose files may be spoilt.
fs::path spoilt_models(const std::string& name) {
  fs::path folder = scratch_folder() / name;
  fs::create_directories(folder);
  for (const char* file : {"vi.lm", "vi.rescore", "confusions.foreign.tsv", "confusions.vietnamese.tsv", "lexicon"}) {
    fs::create_symlink(fs::path(kModels) / file, folder / file);
  }
  return folder;
}

std::string refusal(const fs::path& folder) {
  try {
    Restorer one(folder.string());
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::invalid_data);
    return error.what();
  }
  return "";
}

std::string read_start(const std::string& path, size_t size) {
  std::string out(size, '\0');
  std::ifstream(path, std::ios::binary).read(out.data(), static_cast<std::streamsize>(size));
  return out;
}

}  // namespace

TEST_CASE("listed names gain where a name must stand, and only there") {
  std::vector<std::string> out = restored({"Van Ho, ngay 12 thang 3 nam 2024",
                                           "can bo, cong chuc va nguoi lao dong dao duc trong sang, gan gui nhan dan trong khu vuc van ho",
                                           "Nguoi lap", "Dao Duc Canh"});
  CHECK(out[0] == "Vân Hồ, ngày 12 tháng 3 năm 2024");
  CHECK(out[1].starts_with("cán bộ, công chức và người lao động đạo đức trong sáng"));
  CHECK(out[3] == "Đào Đức Cảnh");
}

TEST_CASE("marks come back to text that lost them") {
  CHECK(restored({"Uy ban nhan dan huyen bao cao ket qua thuc hien ke hoach phat trien kinh te - xa hoi nam 2023."})[0] ==
        "Ủy ban nhân dân huyện báo cáo kết quả thực hiện kế hoạch phát triển kinh tế - xã hội năm 2023.");
  CHECK(restored({"CONG HOA XA HOI CHU NGHIA VIET NAM", "Doc lap - Tu do - Hanh phuc"}) ==
        std::vector<std::string>{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"});
}

namespace {

const std::vector<std::string> kPlan = {
    "Ủy ban nhân dân xã phát động phong trào thi đua yêu nước năm 2024 trong toàn thể cán bộ, công chức và nhân dân.",
    "Các cơ quan, đơn vị tổ chức thực hiện tốt nhiệm vụ được giao, hoàn thành các chỉ tiêu kinh tế, xã hội.",
    "Tỷ lệ hộ nghèo giảm xuống dưới 2%, giữ vững an ninh chính trị và trật tự an toàn xã hội trên địa bàn."};

// kPlan without these combining marks, bars too when asked.
std::vector<std::string> without(std::u32string_view marks, bool bars) {
  std::vector<std::string> out;
  for (const std::string& line : kPlan) {
    std::string rest;
    for (char32_t c : decode(plain_nfd(line))) {
      if (marks.find(c) == marks.npos) append_utf8(rest, bars && c == U'đ' ? U'd' : c);
    }
    out.push_back(plain_nfc(rest));
  }
  return out;
}

}  // namespace

TEST_CASE("text that lost only some of its marks gets them back") {
  CHECK(restored(without(U"\u0300\u0301\u0303\u0309\u0323", false)) == kPlan);  // tones
  CHECK(restored(without(U"\u0302\u0306\u031B", true)) == kPlan);                // the others
  std::vector<std::string> mixed = kPlan, all = without(U"\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031B", true);
  mixed[1] = all[1];  // one line
  CHECK(restored(mixed) == kPlan);
  CHECK(restored(kPlan) == kPlan);
}

TEST_CASE("a layer read without Vietnamese becomes readable") {
  std::vector<std::string> out = restored({"Cin ctr K& hoach s6 15/KH-UBND ngay 05/3/2022 ctia Uy ban nhan dan huyén vé",
                                           "tang cudng cong tac bao vé moi trudng trén dia ban x4, thi tran."});
  REQUIRE(out.size() == 2);
  CHECK(out[0] == "Căn cứ Kế hoạch số 15/KH-UBND ngày 05/3/2022 của Ủy ban nhân dân huyện về");
  CHECK(out[1] == "tăng cường công tác bảo vệ môi trường trên địa bàn xã, thị trấn.");
}

TEST_CASE("roman numerals follow one another") {
  std::vector<std::string> out = restored({"I. MUC DiCH, YEU CAU", "thyc hién tét cdc nhiém vu dugc giao", "II. NQI DUNG",
                                           "c4c don vi bdo cdo két qua truéc ngay 10 thang 6", "I11. T6 CHUC THUC HIEN"});
  CHECK(out[4].substr(0, 4) == "III.");
}

TEST_CASE("a numeral between two others has the stroke it lost, a letter seen twice counts once") {
  std::vector<std::string> lines = {"I. MUC DICH, YEU CAU", "Phat huy tinh than thi dua yeu nuoc cia can bd.", "II. NOI DUNG",
                                    "Thuc hién tot nhiém vu duoc giao.", "II. CAC CHI TIEU", "Hoan thanh chi tiéu.", "IV. TO CHUC THUC HIEN",
                                    "Cac don vi thuc hién nghiém tuc.", "Vv. CHE DO BAO CAO"};
  std::vector<std::string> out = restored(lines);
  CHECK(out[2] == "II. NỘI DUNG");
  CHECK(out[4] == "III. CÁC CHỈ TIÊU");
  CHECK(out[8] == "V. CHẾ ĐỘ BÁO CÁO");
  lines[6] = "III. TO CHUC THUC HIEN";  // then the paper itself repeats it
  CHECK(restored(lines)[4] == "II. CÁC CHỈ TIÊU");
}

TEST_CASE("words in capitals stay so beside running text in the same line") {
  CHECK(restored({"UY BAN NHAN DAN HUYEN Doc lap - Ty do - Hanh phic", "Thuc hién nhiém vu duoc giao, cac don vi 06 gang phan dau."})[0] ==
        "ỦY BAN NHÂN DÂN HUYỆN Độc lập - Tự do - Hạnh phúc");
}

TEST_CASE("numerals are told by their place in the row and by the words around them") {
  std::vector<std::string> light = restored({"I. MỤC ĐÍCH, YÊU CẦU", "II. NỘI DUNG", "Nâng cao chất lượng công tác thi đua, khen thưởng.",
                                             "1H. TỔ CHỨC THỰC HIỆN"}, Channel::vietnamese);
  CHECK(light[3].starts_with("III. "));
  std::vector<std::string> out = restored({"thyc hién theo Phu luc II, Phu luc Hl kém theo Ké hoach nay cia Uy ban nhan dan tinh"}, Channel::foreign);
  CHECK(out[0].find("Phụ lục II, Phụ lục III") != std::string::npos);
  CHECK(restored({"Nghi quyét Dai hdi Dang bd tinh lan thir XIX, nhiém ky 2020-2025"}, Channel::foreign)[0].find("XIX,") != std::string::npos);
}

TEST_CASE("specks between words go, signs that mean something stay") {
  std::vector<std::string> out = restored({"Uy ban nhan dan.cdc x4, thj tran xay-dung ké hoach thyc hién; kinh té - xa hdi. Trong nam",
                                           "gitr gin trat ty.an toan x4 hdi, dam bao an ninh trat ty"}, Channel::foreign);
  CHECK(out[0].starts_with("Ủy ban nhân dân các xã, thị trấn xây dựng kế hoạch thực hiện; kinh tế - xã hội. Trong năm"));
  CHECK(out[1].find("trật tự an toàn xã hội, đảm bảo") != std::string::npos);
}

TEST_CASE("spaces stand where print has them") {
  std::vector<std::string> out = restored({"CONG HOA XA HOI CHU NGHIA VIET NAM", "Doc lap-Tw do —Hanh phuc", "phong trao “ Toan dan doan két xây dung doi séng van hoa ”;",
                                           "Phong Van hoa -Thong tin phdi hop thyc hién"}, Channel::foreign);
  CHECK(out[1] == "Độc lập - Tự do - Hạnh phúc");
  CHECK(out[2] == "phong trào “Toàn dân đoàn kết xây dựng đời sống văn hóa”;");
  CHECK(out[3].starts_with("Phòng Văn hóa - Thông tin"));
}

TEST_CASE("words run together are parted, a word with a gap inside is joined") {
  CHECK(restored({"Tổ chức ngày hội vănhóa các dân tộc", "KẾHOẠCH"}) ==
        std::vector<std::string>{"Tổ chức ngày hội văn hóa các dân tộc", "KẾ HOẠCH"});
  CHECK(restored({"KEHOACH", "to chuc thuc hien phat trien vanhoa xa hoi"}) ==
        std::vector<std::string>{"KẾ HOẠCH", "tổ chức thực hiện phát triển văn hóa xã hội"});
  CHECK(restored({"để th ực hiện kế hoạch phát triển kinh tế của h uyện"})[0] ==
        "để thực hiện kế hoạch phát triển kinh tế của huyện");
  std::string input = "để th ực hiện vănhóa mới";
  for (Channel channel : {Channel::automatic, Channel::vietnamese, Channel::foreign}) {
    std::vector<RestoredLine> out = restorer().restore(inputs({input}), channel);
    CHECK(out[0].text == "để thực hiện văn hóa mới");
    check_changes(input, out[0]);
  }
}

TEST_CASE("the word Số is read back before a number, whose digits stay") {
  std::vector<std::string> out = restored({"S&28 /IKH-UBND Phuong Ngo, ngayo6 thang 02 ndam 2024", "$6:10988/BNV-CQDP V/v tuyén truyén",
                                           "S6:.170/KH-UBND huyén Thanh Ha, thuc hién nhi€m vu"});
  CHECK(out[0].starts_with("Số 28/KH-UBND"));
  CHECK(out[0].find("ngày 06 tháng 02 năm 2024") != std::string::npos);
  CHECK(out[1].starts_with("Số:10988/"));
  CHECK(out[2].starts_with("Số: 170/KH-UBND"));
}

TEST_CASE("no sign that means something is lost, and no digit is made of Số") {
  const std::vector<std::string> lines = restored({"phi s6ng dén 100% phudng va 30% xa; téng két 02 dot (so két thang 7),",
                                                   "1. Hanh kiém: Tot 85%. 2. Hoc luc: Gidi 22%. Sé", "S6: 25 /KH-UBND cia tinh"},
                                                  Channel::foreign);
  CHECK(lines[0].find("100% ") != std::string::npos);
  CHECK(lines[0].find("(s") != std::string::npos);
  CHECK(lines[1].find(": Tốt 85%. 2.") != std::string::npos);
  CHECK(lines[2].starts_with("Số: 25"));
}

TEST_CASE("HD right after a number is a kind of document") {
  CHECK(restored({"Thuc hién Huong dan s6 03/HD-TLD ngay 11/01/2021 cia Tong Lién doan, cac don vi trién khai"})[0].find("03/HD-TLĐ") !=
        std::string::npos);
}

TEST_CASE("numbers and letters of items keep their dashes") {
  const auto lines = restored({"I- TINH HINH", "1- Nang cao nang luc lanh dao cua chi b6", "a- Céc dang b6 tryc thudc", "Iv- CAC BUOC", "thyc hién ké hoach"}, Channel::foreign);
  CHECK(lines[0] == "I- TÌNH HÌNH");
  CHECK(lines[1].starts_with("1- Nâng cao"));
  CHECK(lines[2].starts_with("a- Các đảng bộ"));
  CHECK(lines[3].starts_with("IV- CÁC BƯỚC"));
}

TEST_CASE("words in shares of something get their marks back") {
  const std::string text = restored({"luong thuc dau ngudi dat 340 kg/ngu6i/nam, gidm tai nan 5%/nam; van ban s6 15/QD-UBND"}, Channel::foreign)[0];
  CHECK(text.find("340 kg/người/năm, giảm tai nạn 5%/năm; văn bản số 15/QĐ-UBND") != std::string::npos);
}

TEST_CASE("a word that never stands beside its neighbours may be misread in ways never learned") {
  const std::vector<std::string> lines = restored({"doi ngil can by, cong chtrc, vién chirc hoan thanh GPMB duy 4n dau tu xdy dung"}, Channel::foreign);
  CHECK(lines[0].find("cán bộ, công chức") != std::string::npos);
  CHECK(lines[0].find("dự án đầu tư") != std::string::npos);
}

TEST_CASE("units and names with digits in them stay") {
  const std::string text = restored({"dien tich 500 m2, 30 m3, 15 m2/ngudi; phi séng 5G, gidy A4, cim H5N1, vitamin B12"}, Channel::foreign)[0];
  CHECK(text.find("diện tích 500 m2, 30 m3, 15 m2/người; ") != std::string::npos);
  for (const char* name : {"5G,", "A4,", "H5N1,", "B12"}) CHECK(text.find(name) != std::string::npos);
}

TEST_CASE("initials stay what they are, with the bars of their Đ") {
  const std::string text = restored({"can bo, CNVCLD, CSTD, BGD bénh vién, TT HDND, Phong GD&DT, Luu: VT, KHTH, DTQK"}, Channel::foreign)[0];
  for (const char* initials : {"CNVCLĐ", "CSTĐ", "BGĐ", "TT HĐND", "GD&ĐT", "VT, KHTH, DTQK"}) {
    INFO(initials << " in " << text);
    CHECK(text.find(initials) != std::string::npos);
  }
}

TEST_CASE("names and abbreviations that no list knows stay") {
  const std::vector<std::string> lines = {"Văn phòng UBND-VX phối hợp với VPUBNDX và Công ty Samsung Electronics thực hiện.",
                                          "Ông Nguyễn Văn Tèo, Facebook, Zalo, Taxi Mai Linh, xe Honda"};
  CHECK(restored(lines) == lines);
  CHECK(restored(lines, Channel::vietnamese) == lines);
}

TEST_CASE("clean text stays as it is") {
  const std::vector<std::string> clean = {
      "  Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
      "1. Giao Phòng Tài chính - Kế hoạch chủ trì, phối hợp với các đơn vị liên quan, hoàn thành trước 31/12/2024.",
      "Số: 45/QĐ-UBND; tỷ lệ 12,5%; kinh phí 1.250.000 đồng;\tđiện thoại 0912.345.678",
      "", "   ", "II. NỘI DUNG", "đ) Các nội dung khác (nếu có)./."};
  CHECK(restored(clean) == clean);
  CHECK(restored(clean, Channel::vietnamese) == clean);
}

TEST_CASE("other languages stay as they are") {
  const std::vector<std::string> lines = {
      "The committee shall report the results of the development project to the government.",
      "Le ministre présente le projet de développement avec les partenaires dans le pays."};
  CHECK(restored(lines) == lines);
  CHECK(restored(lines, Channel::foreign) == lines);
}

TEST_CASE("as many lines come out as went in, and changes are true") {
  std::vector<std::string> lines = {"", "ke hoach nam 2024", "  - To chuc thuc hien", "", "S6: 12 /KH-UBND", "x", "\t", "1."};
  for (Channel channel : {Channel::automatic, Channel::foreign, Channel::vietnamese}) {
    std::vector<RestoredLine> out = restorer().restore(inputs(lines), channel);
    REQUIRE(out.size() == lines.size());
    for (size_t i = 0; i < lines.size(); ++i) check_changes(lines[i], out[i]);
  }
  CHECK(restorer().restore({}).empty());
}

TEST_CASE("the engine's other readings are candidates") {
  std::string text = "thẫ bảo hiểm y tế";
  LineInput line{text, {{2, 5, {{"ẻ", 0.5f}}}}};
  CHECK(restorer().restore({line}, Channel::vietnamese)[0].text == "thẻ bảo hiểm y tế");
}

TEST_CASE("random bytes, control characters and a very long line do no harm") {
  std::mt19937 random(20);
  const std::string letters = "aeioudcnth gh.,;:-/&€“”0123456789ếộưđÀ\x01\x7f\u0301\u00ad\U0001F600";
  for (int round = 0; round < 60; ++round) {
    std::string bytes;
    for (int i = 0, n = static_cast<int>(random() % 120); i < n; ++i) bytes += letters[random() % letters.size()];
    std::string text = to_nfc(replace_invalid_utf8(bytes));
    for (Channel channel : {Channel::automatic, Channel::foreign}) {
      std::vector<RestoredLine> out = restorer().restore({{text, {}}}, channel);
      REQUIRE(out.size() == 1);
      check_changes(text, out[0]);
    }
  }
  std::string word(100000, 'a'), many;
  for (int i = 0; i < 20000; ++i) many += "thuc hien ke hoach ";
  std::vector<std::string> out = restored({word, many});
  CHECK(out[0] == word);
  CHECK(out[1].size() > many.size());
}

// Lines that once hurt or may hurt the decoder: dropped signs at both ends, joins at the last word, numerals and symbols
// without neighbours, the longest words, marks with no letter.
TEST_CASE("seeds of the fuzzer do no harm") {
  const std::vector<std::string> seeds = {
      ";", "; ;", "; a", "- -", "“", "“ ”", "a.b.c.d", "a . b", "x-", "-x-", "19-", "CT/TU", "/", "//--&&", "A/B-C&D", "H.", "1H.", "HHHH.",
      "II. III. IV.", "S6", "S6:", "S&1", "$6:.1/A-B", "l", "l)", "d)", "th ực", "th", "uc h ien", "vănhóavănhóavănhóa", "6 6 6 6", "1l|I", "56 30/2020",
      "bbbbbbbbbbbbbbbbbbbbbbbb", "BBBBBBBBBBBBBBBBBBBBBBBBB", "DDDDDDDD", "Doc lap-Tu do-Hanh phuc", "Độc lập-Tự do-Hạnh phúc-", "á̂̀",
      "́", "��", "đđđđ", "ƠƯƠƯ", "% % %", "100%%", "((((", ")a(", "a)Ph", "e).Dinh", " 　", "I", "V", "X.", "m2 m3 GD&DT GD&ĐT"};
  std::vector<std::string> together;
  for (const std::string& seed : seeds) {
    together.push_back(seed + " " + seeds[together.size() * 7 % seeds.size()]);
    for (Channel channel : {Channel::automatic, Channel::foreign, Channel::vietnamese}) {
      std::vector<RestoredLine> out = restorer().restore(inputs({seed}), channel);
      REQUIRE(out.size() == 1);
      check_changes(to_nfc(seed), out[0]);
    }
  }
  for (Channel channel : {Channel::automatic, Channel::foreign, Channel::vietnamese}) {
    std::vector<RestoredLine> out = restorer().restore(inputs(together), channel);
    REQUIRE(out.size() == together.size());
    for (size_t i = 0; i < out.size(); ++i) check_changes(to_nfc(together[i]), out[i]);
  }
}

// The same lines given line by line and again give the same: nothing that one call remembers changes the next.
TEST_CASE("restoring is repeatable") {
  const std::vector<std::string> lines = {"S6: 12/KH-UBND", "Thyc hién Nghi quyét cia Dang b6 tinh vé xay dung néng thon mdi", "- Phan dau gidm ty 1é h6 nghéo"};
  const std::vector<std::string> once = restored(lines, Channel::foreign);
  for (int round = 0; round < 3; ++round) CHECK(restored(lines, Channel::foreign) == once);
}

TEST_CASE("a reading that fits its neighbours costs less") {
  CHECK(restorer().cost("") == 0);
  CHECK(restorer().cost("phát huy tinh thần đoàn kết") + 3 < restorer().cost("phát huy tỉnh thần đoàn kết"));
  CHECK(restorer().cost("PHONG TRÀO THI ĐUA") + 3 < restorer().cost("PHONG TRÀO THỊ ĐUA"));
  CHECK(restorer().cost("kế hoạch") < restorer().cost("kế hoaxch"));
  CHECK(restorer().cost("kế hoạch số 12/KH-UBND") == restorer().cost("kế hoạch số 34/KH-UBND"));
  CHECK(restorer().cost("h\xffy \xc3") > 0);
}

TEST_CASE("health tells whole text from broken text") {
  CHECK(restorer().health("").words == 0);
  CHECK(restorer().health("Ủy ban nhân dân phường báo cáo kết quả").valid_share > 0.95);
  CHECK(restorer().health("Uy ban nhan dan phuong bdo cdo két qua").valid_share < 0.8);
  CHECK(restorer().health("kế hoạch").marked_share > 0.2);
  CHECK(restorer().version().substr(0, 3) == "vi-");
}

TEST_CASE("a model that is missing, cut or wrong is refused by name") {
  fs::path folder = spoilt_models("spoilt");
  fs::remove(folder / "vi.lm");
  CHECK(refusal(folder).find("vi.lm: cannot be opened") != std::string::npos);
  std::string start = read_start(kModels + "/vi.lm", 5000);
  auto put = [&](const char* name, const std::string& bytes) {
    fs::remove(folder / name);
    std::ofstream(folder / name, std::ios::binary) << bytes;
  };
  put("vi.lm", start);
  CHECK(refusal(folder).find("is cut") != std::string::npos);
  put("vi.lm", "short");
  CHECK(refusal(folder).find("too short") != std::string::npos);
  put("vi.lm", std::string(5000, 'x'));
  CHECK(refusal(folder).find("vi.lm: is not a model of this kind") != std::string::npos);
  folder = spoilt_models("rescorer");
  put("vi.rescore", read_start(kModels + "/vi.rescore", 5000));
  CHECK(refusal(folder).find("vi.rescore: is cut") != std::string::npos);
  folder = spoilt_models("table");
  put("confusions.foreign.tsv", "a\tb\n");
  CHECK(refusal(folder).find("line 1 is not") != std::string::npos);
  put("confusions.foreign.tsv", "");
  CHECK(refusal(folder).find("holds no confusions") != std::string::npos);
}
