#include "corpus/duplicates.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <map>

#include "corpus/query.h"
#include "corpus/sqlite.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr size_t kHashes = 64, kBands = 16, kRows = kHashes / kBands;
constexpr size_t kSequence = 3;        // words
constexpr size_t kFewestWords = 40;    // of a text that is compared: less says too little
constexpr double kAlike = 0.5;         // of texts whose records agree
constexpr double kVeryAlike = 0.75;    // of texts whose records may differ in one field
constexpr int kMostCandidates = 200;   // a band; plans made from one form would all be candidates

using Signature = std::array<std::uint32_t, kHashes>;

std::uint64_t mix(std::uint64_t x) {  // splitmix64 (Steele et al. 2014)
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
  x = (x ^ x >> 27) * 0x94d049bb133111ebu;
  return x ^ x >> 31;
}

std::uint64_t hash_of(std::string_view word) {  // FNV-1a
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

std::optional<Signature> signature_of(const std::string& text) {
  const std::string folded = fold(text);
  std::vector<std::uint64_t> words;
  for (const QueryToken& token : tokenize(folded))
    words.push_back(hash_of(std::string_view(folded).substr(token.begin, token.end - token.begin)));
  if (words.size() < kFewestWords) return std::nullopt;
  Signature signature;
  signature.fill(std::numeric_limits<std::uint32_t>::max());
  for (size_t i = 0; i + kSequence <= words.size(); ++i) {
    const std::uint64_t sequence = mix(words[i] + mix(words[i + 1] + mix(words[i + 2])));
    // Two halves of one hash make all the others (Kirsch and Mitzenmacher 2006).
    const std::uint32_t first = static_cast<std::uint32_t>(sequence), step = static_cast<std::uint32_t>(sequence >> 32) | 1;
    std::uint32_t value = first;
    for (size_t h = 0; h < kHashes; ++h, value += step)
      signature[h] = std::min(signature[h], static_cast<std::uint32_t>(mix(value ^ h << 32)));
  }
  return signature;
}

std::int64_t band_hash(const Signature& signature, size_t band) {
  std::uint64_t hash = 0;
  for (size_t i = 0; i < kRows; ++i) hash = mix(hash + signature[band * kRows + i]);
  return static_cast<std::int64_t>(hash >> 24);  // 40 bits are enough, and small in the file
}

double similarity_of(const Signature& a, const Signature& b) {
  size_t equal = 0;
  for (size_t i = 0; i < kHashes; ++i) equal += a[i] == b[i];
  return static_cast<double>(equal) / kHashes;
}

std::string bytes_of(const Signature& signature) {
  return {reinterpret_cast<const char*>(signature.data()), sizeof signature};
}

std::optional<Signature> read_signature(Database& database, std::int64_t document_id) {
  Statement row(database, "SELECT hashes FROM signatures WHERE document_id = ?");
  row.bind(document_id);
  if (!row.step() || row.text(0).size() != sizeof(Signature)) return std::nullopt;
  Signature signature;
  std::memcpy(signature.data(), row.text(0).data(), sizeof signature);
  return signature;
}

// Whether the records of two documents may be of one plan.
bool records_agree(Database& database, std::int64_t a, std::int64_t b, double similarity) {
  Statement row(database, R"(
    WITH pair AS (
      SELECT nullif(a.number_folded, '') AS number_a, nullif(b.number_folded, '') AS number_b,
        a.issue_date AS date_a, b.issue_date AS date_b, a.plan_year AS year_a, b.plan_year AS year_b,
        iif(a.issuing_body IS NULL, NULL, a.body_folded) AS body_a, iif(b.issuing_body IS NULL, NULL, b.body_folded) AS body_b
      FROM records a, records b WHERE a.document_id = ? AND b.document_id = ?)
    SELECT coalesce(number_a <> number_b, 0) + coalesce(date_a <> date_b, 0) + coalesce(year_a <> year_b, 0)
        + coalesce(body_a <> body_b, 0),
      coalesce(number_a = number_b, 0) + coalesce(date_a = date_b, 0) + coalesce(year_a = year_b, 0)
        + coalesce(body_a = body_b, 0)
    FROM pair)");
  row.bind(a).bind(b);
  if (!row.step()) return false;
  const auto against = row.integer(0), in_favour = row.integer(1);
  return against == 0 || (against == 1 && in_favour >= 2 && similarity >= kVeryAlike);
}

std::map<std::int64_t, int> find_candidates(Database& database, const Signature& signature) {
  std::map<std::int64_t, int> bands;  // document -> bands in common
  Statement rows(database, R"(
    SELECT document_id FROM signature_bands WHERE band = ? AND hash = ? ORDER BY document_id DESC LIMIT ?)");
  for (size_t band = 0; band < kBands; ++band) {
    rows.bind(static_cast<std::int64_t>(band)).bind(band_hash(signature, band)).bind(kMostCandidates);
    while (rows.step()) ++bands[rows.integer(0)];
    rows.run();
  }
  return bands;
}

void insert_signature(Database& database, std::int64_t id, const Signature& signature) {
  Statement(database, "INSERT INTO signatures (document_id, hashes) VALUES (?, ?)").bind(id).bind_blob(bytes_of(signature)).run();
  Statement bands(database, "INSERT INTO signature_bands (band, hash, document_id) VALUES (?, ?, ?)");
  for (size_t band = 0; band < kBands; ++band)
    bands.bind(static_cast<std::int64_t>(band)).bind(band_hash(signature, band)).bind(id).run();
}

std::string text_of(Database& database, std::int64_t document_id) {
  Statement rows(database, "SELECT text FROM pages WHERE document_id = ? ORDER BY number");
  rows.bind(document_id);
  std::string text;
  while (rows.step()) text += rows.text(0) + "\n";
  return text;
}

}  // namespace

void forget_signature(Database& database, std::int64_t document_id) {
  const auto signature = read_signature(database, document_id);
  if (!signature) return;
  Statement bands(database, "DELETE FROM signature_bands WHERE band = ? AND hash = ? AND document_id = ?");
  for (size_t band = 0; band < kBands; ++band)
    bands.bind(static_cast<std::int64_t>(band)).bind(band_hash(*signature, band)).bind(document_id).run();
  Statement(database, "DELETE FROM signatures WHERE document_id = ?").bind(document_id).run();
  Statement(database, "DELETE FROM near_duplicates WHERE document_id = ?1 OR other_id = ?1").bind(document_id).run();
}

void renew_signature(Database& database, std::int64_t document_id) {
  forget_signature(database, document_id);
  const auto signature = signature_of(text_of(database, document_id));
  if (!signature) return;
  Statement pair(database, "INSERT OR REPLACE INTO near_duplicates (document_id, other_id, similarity) VALUES (?, ?, ?)");
  for (const auto& [other, bands] : find_candidates(database, *signature)) {
    const auto theirs = read_signature(database, other);
    const double similarity = theirs ? similarity_of(*signature, *theirs) : 0;
    if (similarity < kAlike || !records_agree(database, document_id, other, similarity)) continue;
    pair.bind(document_id).bind(other).bind(similarity).run();
    pair.bind(other).bind(document_id).bind(similarity).run();
  }
  insert_signature(database, document_id, *signature);
}

void rebuild_signatures(Database& database) {
  database.execute("DELETE FROM near_duplicates; DELETE FROM signature_bands; DELETE FROM signatures");
  Statement rows(database, "SELECT document_id FROM records ORDER BY document_id");
  while (rows.step()) renew_signature(database, rows.integer(0));
}

std::vector<Duplicate> list_duplicates(const Store& store, const std::string& path) {
  Statement rows(store.database(), R"(
    WITH firsts AS (SELECT sha256, min(id) AS id FROM documents GROUP BY sha256 HAVING count(*) > 1),
    pairs AS (
      SELECT f.id AS a, d.id AS b, 1 AS same, 1.0 AS similarity FROM firsts f JOIN documents d USING (sha256) WHERE d.id > f.id
      UNION ALL
      SELECT n.document_id, n.other_id, 0, n.similarity FROM near_duplicates n
      JOIN documents x ON x.id = n.document_id JOIN documents y ON y.id = n.other_id
      WHERE n.document_id < n.other_id AND x.sha256 <> y.sha256)
    SELECT x.path, y.path, same, similarity FROM pairs
    JOIN documents x ON x.id = a JOIN documents y ON y.id = b
    WHERE ?1 = '' OR x.path = ?1 OR y.path = ?1 ORDER BY x.path, same DESC, y.path)");
  rows.bind(path);
  std::vector<Duplicate> pairs;
  while (rows.step()) pairs.push_back({rows.text(0), rows.text(1), rows.integer(2) != 0, rows.real(3)});
  return pairs;
}

std::vector<std::string> duplicates_of(const Store& store, const std::string& path) {
  Statement rows(store.database(), R"(
    SELECT other.path, 0 AS kind FROM documents d JOIN documents other ON other.sha256 = d.sha256 AND other.id <> d.id
    WHERE d.path = ?1
    UNION ALL
    SELECT other.path, 1 FROM documents d JOIN near_duplicates n ON n.document_id = d.id
    JOIN documents other ON other.id = n.other_id WHERE d.path = ?1 AND other.sha256 <> d.sha256
    ORDER BY 2, 1)");
  rows.bind(path);
  std::vector<std::string> paths;
  while (rows.step()) paths.push_back(rows.text(0));
  return paths;
}

}  // namespace planscribe
