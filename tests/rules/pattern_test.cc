#include "rules/pattern.h"

#include "catch.h"
#include "rules/any_of.h"

using namespace planscribe;

namespace {

// RE2's own class and the short one, asked about one character.
bool same_in_both(const std::string& pattern, const std::string& letter) {
  return RE2::FullMatch(letter, pattern) == RE2::FullMatch(letter, with_short_classes(pattern));
}

}  // namespace

TEST_CASE("short classes hold what is printed in Vietnamese, and leave the rest of the pattern alone") {
  const std::string letters[] = {"a", "Z", "đ", "Đ", "ơ", "Ư", "ă", "Ă", "ĩ", "Ũ", "ế", "Ế", "ỹ", "Ỵ", "ạ", "Ạ", "é", "À", "ö",
                                 "5", "²", "½", "%", "-", "–", "“", "…", " ", "(", "_", "₫", "°", "×", "\u0301", "я", "Д", "中"};
  for (const char* pattern : {R"(\p{L})", R"(\p{Lu})", R"(\p{Ll})", R"(\p{N})", R"(\p{M})", R"([^\p{L}\p{M}\p{N}])", R"([\p{Lu}\d-])",
                              R"([]\p{L}])", R"([^]\p{L}])", R"((?i)[\p{Lu}])"}) {
    for (const auto& letter : letters) {
      INFO(pattern << " " << letter);
      CHECK(same_in_both(pattern, letter));
    }
  }
  for (const char* pattern : {R"([[:alpha:]]+\pL)", R"(a\p{)", R"(\p{Greek})", R"(\)", ""}) CHECK(with_short_classes(pattern) == pattern);
  CHECK(with_short_classes(R"(\\p{L})") == R"(\\p{L})");  // a stroke, and no class
}

TEST_CASE("of words that begin alike the longest is taken that lets the rest match") {
  const RE2 pattern("(" + any_of({"hội", "hội thành viên", "hội nghị", "hộ", "m2", "đồng/kg"}) + R"()(\s\d)?)");
  const auto found = [&](const std::string& text) {
    std::string word;
    RE2::PartialMatch(text, pattern, &word);
    return word;
  };
  CHECK(found("5 hội thành viên 3") == "hội thành viên");
  CHECK(found("5 hội thành phố") == "hội");
  CHECK(found("hộ nghèo") == "hộ");
  CHECK(found("hội  nghị") == "hội  nghị");
  CHECK(found("12 m2") == "m2");
  CHECK(found("đồng/kg") == "đồng/kg");
  CHECK(found("đồngxkg") == "");
}

TEST_CASE("words without marks are found under any marks") {
  const RE2 pattern(any_of_with_any_marks({"phan dau", "trong do"}));
  for (const char* text : {"phấn đấu", "phân đầu", "phan dau", "trong đó"}) CHECK(RE2::FullMatch(text, pattern));
  CHECK_FALSE(RE2::FullMatch("phần dư", pattern));
}
