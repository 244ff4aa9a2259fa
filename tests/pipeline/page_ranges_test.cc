#include "pipeline/page_ranges.h"

#include "catch.h"
#include "pipeline/error.h"

using namespace planscribe;

TEST_CASE("page ranges") {
  const PageRanges some("1,3-5,8-end");
  for (int page : {1, 3, 4, 5, 8, 4000}) CHECK(some.contains(page));
  for (int page : {2, 6, 7}) CHECK_FALSE(some.contains(page));
  CHECK(PageRanges("").contains(77));
  for (const char* wrong : {"0", "x", "3-1", "1-", "-2", "1;2"}) CHECK_THROWS_AS(PageRanges(wrong), Error);
}
