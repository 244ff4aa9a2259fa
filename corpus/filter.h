// filter.h: a SearchFilter as SQL over documents d and records r. Private to corpus/.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "corpus/search.h"

namespace planscribe {

class Statement;

class FilterSql {
 public:
  explicit FilterSql(const SearchFilter& filter);
  bool empty() const { return sql_.empty(); }
  const std::string& sql() const { return sql_; }  // "" or " AND ... AND ..."
  std::string documents() const;                   // SELECT of the ids of the documents
  void bind(Statement& statement) const;           // its parameters, in order

 private:
  void add(const std::string& condition, const std::string& value);
  void add_until(const std::string& date);
  void add_year(int year);

  std::string sql_;
  std::vector<std::variant<std::string, int>> values_;
};

}  // namespace planscribe
