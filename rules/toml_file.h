// toml_file.h: a TOML file whose faults are told with file, line, column and a caret. Used inside rules/ only.
#pragma once

#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <nlohmann/json.hpp>
#include <string>

namespace planscribe {

class TomlFile {
 public:
  // Throws Error(invalid_data) where the content is no TOML.
  TomlFile(std::string file, std::string content);
  const std::string& name() const { return file_; }
  const toml::table& table() const { return table_; }

  [[noreturn]] void wrong(const toml::source_position& at, const std::string& reason) const;
  // The node as what is wanted; wrong() when it is something else. what names it in the message.
  std::string text_of(const toml::node& node, const std::string& what) const;  // NFC
  const toml::table& table_of(const toml::node& node, const std::string& what) const;
  const toml::array& array_of(const toml::node& node, const std::string& what) const;
  double number_of(const toml::node& node, const std::string& what) const;
  std::string required(const toml::table& table, const char* key, const std::string& what) const;

 private:
  std::string file_, content_;
  toml::table table_;
};

nlohmann::json to_nlohmann(const toml::node& node);

}  // namespace planscribe
