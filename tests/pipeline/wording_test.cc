#include "pipeline/wording.h"

#include "catch.h"

using namespace planscribe;

TEST_CASE("what goes to a terminal holds no control characters") {
  CHECK(printable("kế hoạch 'a\"b.pdf") == "kế hoạch 'a\"b.pdf");
  CHECK(printable("a\nb\x1b[31mc\td\x7f") == "a\\nb\\x1b[31mc\\x09d\\x7f");
  CHECK(printable("a\xC2\x9B" "b\xC2\xA0") == "a\\x9bb\xC2\xA0");
  CHECK(printable("a\xFF") == "a\uFFFD");
}

TEST_CASE("the end of a text is cut between characters") {
  CHECK(last_characters("kế hoạch", 3) == "ạch");
  CHECK(last_characters("kế", 5) == "kế");
  CHECK(last_characters("", 3).empty());
  CHECK(last_characters("\xBF\xBF\xBF", 1) == "\xBF\xBF\xBF");  // no character begins
}

TEST_CASE("a reason does not name again what its reporter names") {
  CHECK(without_place("in/a.pdf: page 2: absurd page size", "in/a.pdf", 2) == "absurd page size");
  CHECK(without_place("in/a.pdf: page 2 cannot be read", "in/a.pdf", 2) == "page 2 cannot be read");
  CHECK(without_place("the file is empty", "in/a.pdf", 0) == "the file is empty");
}

TEST_CASE("numbers have their nouns") {
  CHECK(counted(1, "page") == "1 page");
  CHECK(counted(0, "page") == "0 pages");
}
