#include "rules/toml_file.h"

#include <sstream>

#include "models/unicode.h"
#include "pipeline/error.h"

namespace planscribe {

TomlFile::TomlFile(std::string file, std::string content) : file_(std::move(file)), content_(std::move(content)) {
  try {
    table_ = toml::parse(content_, file_);
  } catch (const toml::parse_error& error) {
    wrong(error.source().begin, std::string(error.description()));
  }
}

void TomlFile::wrong(const toml::source_position& at, const std::string& reason) const {
  std::istringstream in(content_);
  std::string line;
  for (toml::source_index i = 0; i < at.line; ++i) std::getline(in, line);
  std::ostringstream out;
  out << file_ << ":" << at.line << ":" << at.column << ": " << reason << "\n" << line << "\n";
  for (toml::source_index i = 1; i < at.column; ++i) out << ' ';
  out << '^';
  throw Error(ExitCode::invalid_data, out.str());
}

std::string TomlFile::text_of(const toml::node& node, const std::string& what) const {
  const auto text = node.value_exact<std::string>();
  if (!text) wrong(node.source().begin, what + " must be a string");
  return to_nfc(*text);
}

const toml::table& TomlFile::table_of(const toml::node& node, const std::string& what) const {
  if (!node.is_table()) wrong(node.source().begin, what + " must be a table");
  return *node.as_table();
}

const toml::array& TomlFile::array_of(const toml::node& node, const std::string& what) const {
  if (!node.is_array()) wrong(node.source().begin, what + " must be an array");
  return *node.as_array();
}

double TomlFile::number_of(const toml::node& node, const std::string& what) const {
  const auto number = node.value<double>();
  if (!number) wrong(node.source().begin, what + " must be a number");
  return *number;
}

std::string TomlFile::required(const toml::table& table, const char* key, const std::string& what) const {
  const auto* node = table.get(key);
  if (!node) wrong(table.source().begin, what + " has no \"" + key + "\"");
  return text_of(*node, std::string("\"") + key + "\"");
}

nlohmann::json to_nlohmann(const toml::node& node) {
  if (auto text = node.value_exact<std::string>()) return to_nfc(*text);
  if (auto integer = node.value_exact<int64_t>()) return *integer;
  if (auto real = node.value_exact<double>()) return *real;
  if (auto truth = node.value_exact<bool>()) return *truth;
  nlohmann::json out;
  if (const auto* array = node.as_array()) {
    out = nlohmann::json::array();
    for (const auto& item : *array) out.push_back(to_nlohmann(item));
  } else if (const auto* table = node.as_table()) {
    out = nlohmann::json::object();
    for (const auto& [key, item] : *table) out[std::string(key.str())] = to_nlohmann(item);
  }
  return out;
}

}  // namespace planscribe
