// Distances and alignments against the plain table, on many small random sequences and a few long ones.
#include <chrono>
#include <random>

#include "catch.h"
#include "corpus/evaluate/edit_distance.h"
#include "corpus/evaluate/matching_blocks.h"

using namespace planscribe;

namespace {

int table_distance(const Symbols& a, const Symbols& b) {
  std::vector<int> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const int up = row[j];
      row[j] = std::min({up + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = up;
    }
  }
  return row[b.size()];
}

// What an alignment costs that leaves these pairs as they are.
int cost_of(const std::vector<std::pair<int, int>>& pairs, const Symbols& a, const Symbols& b) {
  int cost = 0, i = 0, j = 0;
  const auto pass = [&](int next_i, int next_j) {
    REQUIRE((next_i >= i && next_j >= j));
    cost += std::max(next_i - i, next_j - j);
    i = next_i + 1, j = next_j + 1;
  };
  for (const auto& [x, y] : pairs) {
    REQUIRE(a.at(x) == b.at(y));
    pass(x, y);
  }
  pass(static_cast<int>(a.size()), static_cast<int>(b.size()));
  return cost;
}

Symbols random_symbols(std::mt19937& random, size_t size, unsigned kinds) {
  Symbols symbols(size);
  for (auto& symbol : symbols) symbol = random() % kinds;
  return symbols;
}

// Some symbols changed, left out, put in.
Symbols noisy(std::mt19937& random, const Symbols& from, unsigned kinds) {
  Symbols out;
  for (auto symbol : from) {
    const unsigned dice = random() % 20;
    if (dice == 0) continue;
    out.push_back(dice == 1 ? random() % kinds : symbol);
    if (dice == 2) out.push_back(random() % kinds);
  }
  return out;
}

}  // namespace

TEST_CASE("the distance is that of the table, and the alignment has that cost") {
  std::mt19937 random(7);
  for (int n = 0; n < 600; ++n) {
    const unsigned kinds = 1 + random() % 6;
    const Symbols a = random_symbols(random, random() % 200, kinds);
    const Symbols b = n % 2 ? noisy(random, a, kinds) : random_symbols(random, random() % 200, kinds);
    const int distance = table_distance(a, b);
    REQUIRE(edit_distance(a, b) == distance);
    REQUIRE(edit_distance(b, a) == distance);
    REQUIRE(cost_of(unchanged_symbols(a, b), a, b) == distance);
  }
  CHECK(edit_distance(Symbols{}, Symbols{}) == 0);
  CHECK(edit_distance(Symbols{}, Symbols{1, 2}) == 2);
}

TEST_CASE("long texts take seconds, not minutes") {
  std::mt19937 random(8);
  const Symbols a = random_symbols(random, 60000, 90), b = noisy(random, a, 90);
  const auto start = std::chrono::steady_clock::now();
  const int distance = edit_distance(a, b);
  CHECK(cost_of(unchanged_symbols(a, b), a, b) == distance);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
}

TEST_CASE("differences cover what is not equal, by the longest runs") {
  const Symbols a{1, 2, 3, 4, 5}, b{9, 2, 3, 7, 5, 5};
  const auto found = differences(a, b);
  REQUIRE(found.size() == 3);
  CHECK((found[0].a_begin == 0 && found[0].a_end == 1 && found[0].b_begin == 0 && found[0].b_end == 1));
  CHECK((found[1].a_begin == 3 && found[1].a_end == 4 && found[1].b_begin == 3 && found[1].b_end == 4));
  CHECK((found[2].a_begin == 5 && found[2].a_end == 5 && found[2].b_begin == 5 && found[2].b_end == 6));
  std::mt19937 random(9);
  for (int n = 0; n < 200; ++n) {
    Symbols x = random_symbols(random, random() % 60, 5), y = random_symbols(random, random() % 60, 5), rebuilt;
    int at = 0;
    for (const Difference& d : differences(x, y)) {
      rebuilt.insert(rebuilt.end(), x.begin() + at, x.begin() + d.a_begin);
      rebuilt.insert(rebuilt.end(), y.begin() + d.b_begin, y.begin() + d.b_end);
      at = d.a_end;
    }
    rebuilt.insert(rebuilt.end(), x.begin() + at, x.end());
    REQUIRE(rebuilt == y);
  }
}
