#include "corpus/filter.h"

#include "corpus/sqlite.h"
#include "models/unicode.h"

namespace planscribe {

FilterSql::FilterSql(const SearchFilter& filter) {
  add("d.path = ?", filter.path);
  add("instr(r.body_folded, ?) > 0", fold(filter.body));
  add("instr(r.place_folded, ?) > 0", fold(filter.place));
  add("r.type_folded = ?", fold(filter.type));
  add("instr(r.number_folded, ?) > 0", fold(filter.number));
  add("EXISTS (SELECT 1 FROM citations c WHERE c.document_id = d.id AND c.number_folded = ?)", fold(filter.cited));
  add("r.issue_date >= ?", filter.issued_from);
  if (!filter.issued_to.empty()) add_until(filter.issued_to);
  if (filter.year) add_year(*filter.year);
}

void FilterSql::add(const std::string& condition, const std::string& value) {
  if (value.empty()) return;
  sql_ += " AND " + condition;
  values_.emplace_back(value);
}

// A date given as 2022 or 2022-03 means up to its end.
void FilterSql::add_until(const std::string& date) {
  sql_ += " AND (r.issue_date <= ? OR substr(r.issue_date, 1, length(?)) = ?)";
  values_.insert(values_.end(), 3, date);
}

void FilterSql::add_year(int year) {
  sql_ += " AND (r.plan_year = ? OR ? BETWEEN CAST(substr(r.period_from, 1, 4) AS INTEGER)"
          " AND CAST(substr(r.period_to, 1, 4) AS INTEGER))";
  values_.emplace_back(year);
  values_.emplace_back(year);
}

std::string FilterSql::documents() const {
  return "SELECT d.id FROM documents d JOIN records r ON r.document_id = d.id WHERE 1" + sql_;
}

void FilterSql::bind(Statement& statement) const {
  for (const auto& value : values_) std::visit([&](const auto& v) { statement.bind(v); }, value);
}

}  // namespace planscribe
