// Reads one rule file (*.toml). What is wrong in a file is told with file, line, column and a caret.
#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "models/unicode.h"
#include "pipeline/error.h"
#include "rules/rule_set.h"

namespace planscribe {
namespace {

namespace fs = std::filesystem;

const std::set<std::string> kFields = {
    "document.type",   "document.number",       "document.body",          "document.place_date",
    "document.motto",  "document.theme",        "document.period",        "document.plan_year",
    "document.preamble", "document.body_mention", "document.body_start", "document.title_end",   "signer.authority",
    "signer.position", "signer.name", "signer.mark",           "recipients.start",       "section",
    "references",      "rounds",                "rounds.span",            "occasions",
    "targets.quantity", "targets.mask",         "targets.due"};

const std::set<std::string> kTypes = {"text", "number", "decimal", "words", "date", "date_end", "code", "unit", "ordinal", "upper"};

const std::set<std::string> kRuleKeys = {"id",     "field", "where",    "pattern",  "values", "set",
                                         "folded", "why",   "priority", "strength", "example"};

[[noreturn]] void fail(const std::string& file, const std::string& content, const toml::source_position& at,
                       const std::string& reason) {
  std::istringstream in(content);
  std::string line;
  for (toml::source_index i = 0; i < at.line; ++i) std::getline(in, line);
  std::ostringstream out;
  out << file << ":" << at.line << ":" << at.column << ": " << reason << "\n" << line << "\n";
  for (toml::source_index i = 1; i < at.column; ++i) out << ' ';
  out << '^';
  throw Error(ExitCode::invalid_data, out.str());
}

std::string escape_words(const std::string& text) {
  std::string out;
  for (char c : RE2::QuoteMeta(text)) {
    if (c == ' ' && !out.empty() && out.back() == '\\') {
      out.pop_back();
      out += "\\s+";
    } else {
      out += c;
    }
  }
  return out;
}

// The longer first, so that "hội thành viên" is not read as "hội".
std::string alternation(std::vector<std::string> words, bool folded) {
  for (auto& word : words) word = folded ? fold(word) : unify_tone_placement(word);
  std::sort(words.begin(), words.end(), [](const auto& a, const auto& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  words.erase(std::unique(words.begin(), words.end()), words.end());
  std::string out = "(?:";
  for (size_t i = 0; i < words.size(); ++i) out += (i ? "|" : "") + escape_words(words[i]);
  return out + ")";
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

// {{unit.thing}}: what can be counted, with or without a counting word.
bool is_kind(const std::string& kind, const std::string& wanted) {
  return wanted == "thing" ? kind == "count" || kind == "classifier" : kind == wanted;
}

// Reads one file. Rules are compiled later, when all parts and lists are known.
class FileReader {
 public:
  FileReader(RuleSet::Impl& rules, std::string file, std::string content)
      : rules_(rules), file_(std::move(file)), content_(std::move(content)) {}

  void read() {
    toml::table table;
    try {
      table = toml::parse(content_, file_);
    } catch (const toml::parse_error& error) {
      fail(file_, content_, error.source().begin, std::string(error.description()));
    }
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      if (name == "parts") {
        read_parts(node);
      } else if (name == "list") {
        read_lists(node);
      } else if (name == "unit") {
        read_units(node);
      } else if (name == "rule") {
        read_rules(node);
      } else if (name != "source" && name != "date") {
        wrong(key.source().begin, "unknown key \"" + name + "\"; known are parts, list, unit, rule, source, date");
      }
    }
  }

 private:
  [[noreturn]] void wrong(const toml::source_position& at, const std::string& reason) const {
    fail(file_, content_, at, reason);
  }

  std::string text_of(const toml::node& node, const std::string& what) const {
    const auto text = node.value_exact<std::string>();
    if (!text) wrong(node.source().begin, what + " must be a string");
    return to_nfc(*text);
  }

  std::string required(const toml::table& table, const char* key, const std::string& what) const {
    const auto* node = table.get(key);
    if (!node) wrong(table.source().begin, what + " has no \"" + key + "\"");
    return text_of(*node, std::string("\"") + key + "\"");
  }

  const toml::table& table_of(const toml::node& node, const std::string& what) const {
    if (!node.is_table()) wrong(node.source().begin, what + " must be a table");
    return *node.as_table();
  }

  const toml::array& array_of(const toml::node& node, const std::string& what) const {
    if (!node.is_array()) wrong(node.source().begin, what + " must be an array");
    return *node.as_array();
  }

  void read_parts(const toml::node& node) {
    for (const auto& [key, value] : table_of(node, "parts")) {
      rules_.parts[std::string(key.str())] = text_of(value, "a part");
      rules_.part_files[std::string(key.str())] = file_;
    }
  }

  void read_lists(const toml::node& node) {
    for (const auto& [key, value] : table_of(node, "list")) {
      const auto& table = table_of(value, "a list");
      WordList& list = rules_.lists[std::string(key.str())];
      list.name = key.str();
      list.source = required(table, "source", "a list");
      list.date = required(table, "date", "a list");
      const auto* entries = table.get("entries");
      if (!entries) wrong(table.source().begin, "a list has no \"entries\"");
      for (const auto& entry : array_of(*entries, "\"entries\"")) add_entry(list, entry);
    }
  }

  void add_entry(WordList& list, const toml::node& node) {
    if (node.is_string()) {
      const std::string text = text_of(node, "an entry");
      list.entries.push_back({text, text});
      return;
    }
    const auto& table = table_of(node, "an entry");
    const std::string value = required(table, "value", "an entry");
    const auto* texts = table.get("text");
    if (!texts) wrong(table.source().begin, "an entry has no \"text\"");
    if (texts->is_string()) {
      list.entries.push_back({text_of(*texts, "\"text\""), value});
      return;
    }
    for (const auto& text : array_of(*texts, "\"text\"")) list.entries.push_back({text_of(text, "\"text\""), value});
  }

  void read_units(const toml::node& node) {
    for (const auto& item : array_of(node, "unit")) read_unit(table_of(item, "a unit"));
  }

  // One unit with its base and aliases, or the names of many that have none: names = ["trại sáng tác", "tác phẩm"].
  void read_unit(const toml::table& table) {
    Unit unit;
    unit.kind = required(table, "kind", "a unit");
    static const std::set<std::string> kinds = {"percent", "money", "measure", "count", "classifier"};
    if (!kinds.count(unit.kind)) {
      wrong(table.get("kind")->source().begin,
            "unknown kind \"" + unit.kind + "\"; known are percent, money, measure, count, classifier");
    }
    if (const auto* names = table.get("names")) {
      for (const auto& name : array_of(*names, "\"names\"")) {
        unit.name = unit.base = text_of(name, "a name");
        add_unit_name(unit.name, unit.name);
        rules_.units[unit.name] = unit;
      }
      return;
    }
    unit.name = required(table, "name", "a unit");
    unit.base = table["base"].value_or(unit.name);
    unit.factor = table["factor"].value_or(1.0);
    add_unit_name(unit.name, unit.name);
    if (const auto* aliases = table.get("aliases")) {
      for (const auto& alias : array_of(*aliases, "\"aliases\"")) add_unit_name(text_of(alias, "an alias"), unit.name);
    }
    rules_.units[unit.name] = unit;
  }

  void add_unit_name(const std::string& alias, const std::string& name) {
    rules_.unit_names[to_lower(unify_tone_placement(alias))] = name;
  }

  void read_rules(const toml::node& node) {
    for (const auto& item : array_of(node, "rule")) {
      Rule rule = read_rule(table_of(item, "a rule"));
      const auto same = std::find_if(rules_.rules.begin(), rules_.rules.end(),
                                     [&](const Rule& other) { return other.id == rule.id; });
      if (same == rules_.rules.end()) {
        rules_.rules.push_back(std::move(rule));
      } else if (fs::path(same->file).parent_path() == fs::path(file_).parent_path()) {
        wrong(item.as_table()->get("id")->source().begin,
              "rule \"" + rule.id + "\" is already in " + same->file + ":" + std::to_string(same->line));
      } else {
        *same = std::move(rule);
      }
    }
  }

  Rule read_rule(const toml::table& table) {
    for (const auto& [key, value] : table) {
      if (!kRuleKeys.count(std::string(key.str()))) {
        wrong(key.source().begin, "unknown key \"" + std::string(key.str()) + "\" in a rule");
      }
    }
    Rule rule;
    rule.file = file_;
    rule.line = static_cast<int>(table.source().begin.line);
    rule.id = required(table, "id", "a rule");
    rule.field = required(table, "field", "rule \"" + rule.id + "\"");
    if (!kFields.count(rule.field)) wrong(table.get("field")->source().begin, "unknown field \"" + rule.field + "\"");
    rule.pattern = required(table, "pattern", "rule \"" + rule.id + "\"");
    rule.folded = table["folded"].value_or(false);
    rule.priority = static_cast<int>(table["priority"].value_or(int64_t{50}));
    rule.strength = table["strength"].value_or(0.9);
    if (rule.strength <= 0 || rule.strength > 1) {
      wrong(table.get("strength")->source().begin, "\"strength\" must be above 0 and at most 1");
    }
    if (const auto* where = table.get("where")) {
      for (const auto& place : array_of(*where, "\"where\"")) rule.where.push_back(text_of(place, "\"where\""));
    }
    read_values(table, rule);
    read_examples(table, rule);
    compile(table, rule);
    return rule;
  }

  void read_values(const toml::table& table, Rule& rule) {
    if (const auto* values = table.get("values")) {
      for (const auto& [key, value] : table_of(*values, "\"values\"")) {
        const std::string type = text_of(value, "a type");
        const bool list = type.rfind("list:", 0) == 0;
        if (!list && !kTypes.count(type)) wrong(value.source().begin, "unknown type \"" + type + "\"");
        if (list && !rules_.lists.count(type.substr(5))) {
          wrong(value.source().begin, "there is no list \"" + type.substr(5) + "\"");
        }
        rule.values[std::string(key.str())] = type;
      }
    }
    if (const auto* set = table.get("set")) {
      for (const auto& [key, value] : table_of(*set, "\"set\"")) {
        rule.set[std::string(key.str())] = text_of(value, "a constant");
      }
    }
  }

  void read_examples(const toml::table& table, Rule& rule) {
    const auto* examples = table.get("example");
    if (!examples) return;
    for (const auto& item : array_of(*examples, "\"example\"")) {
      const auto& entry = table_of(item, "an example");
      RuleExample example;
      example.line = static_cast<int>(entry.source().begin.line);
      example.text = required(entry, "text", "an example");
      example.match = entry["match"].value_or(true);
      if (const auto* expect = entry.get("expect")) example.expect = to_nlohmann(*expect);
      if (example.match && example.expect.is_null()) {
        wrong(entry.source().begin, "an example has neither \"expect\" nor \"match = false\"");
      }
      rule.examples.push_back(std::move(example));
    }
  }

  void compile(const toml::table& table, Rule& rule);
  std::string expand(const std::string& pattern, bool folded, const toml::source_position& at, int depth = 0) const;

  RuleSet::Impl& rules_;
  std::string file_, content_;
};

std::string FileReader::expand(const std::string& pattern, bool folded, const toml::source_position& at,
                               int depth) const {
  if (depth > 20) wrong(at, "parts name each other in a circle");
  std::string out;
  size_t from = 0, open;
  while ((open = pattern.find("{{", from)) != std::string::npos) {
    const size_t close = pattern.find("}}", open);
    if (close == std::string::npos) wrong(at, "\"{{\" without \"}}\"");
    const std::string name = pattern.substr(open + 2, close - open - 2);
    out += pattern.substr(from, open - from);
    from = close + 2;
    // RE2 has no Unicode \b and no look-around: a boundary takes one character that is no letter, mark or digit.
    if (name == "<") {
      out += "(?:^|[^\\p{L}\\p{M}\\p{N}])";
    } else if (name == ">") {
      out += "(?:$|[^\\p{L}\\p{M}\\p{N}])";
    } else if (rules_.parts.count(name)) {
      out += "(?:" + expand(rules_.parts.at(name), folded, at, depth + 1) + ")";
    } else if (rules_.lists.count(name)) {
      std::vector<std::string> words;
      for (const auto& entry : rules_.lists.at(name).entries) words.push_back(entry.text);
      out += alternation(words, folded);
    } else if (name == "unit" || name.rfind("unit.", 0) == 0) {
      std::vector<std::string> words;
      for (const auto& [alias, unit] : rules_.unit_names) {
        if (name == "unit" || is_kind(rules_.units.at(unit).kind, name.substr(5))) words.push_back(alias);
      }
      if (words.empty()) wrong(at, "there is no unit of the kind in {{" + name + "}}");
      out += alternation(words, folded);
    } else {
      wrong(at, "there is no part or list {{" + name + "}}");
    }
  }
  return out + pattern.substr(from);
}

void FileReader::compile(const toml::table& table, Rule& rule) {
  const auto at = table.get("pattern")->source().begin;
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(64 << 20);
  const std::string expanded = expand(unify_tone_placement(rule.pattern), rule.folded, at);
  rule.re = std::make_unique<RE2>(expanded, options);
  if (!rule.re->ok()) {
    wrong(at, "rule \"" + rule.id + "\": " + rule.re->error() +
                  (rule.re->error_arg().empty() ? "" : " in \"" + rule.re->error_arg() + "\""));
  }
  for (const auto& [name, number] : rule.re->NamedCapturingGroups()) rule.groups.emplace_back(name, number);
  for (const auto& [name, type] : rule.values) {
    if (!rule.re->NamedCapturingGroups().count(name)) {
      wrong(table.get("values")->as_table()->get(name)->source().begin,
            "rule \"" + rule.id + "\" has no group \"" + name + "\" in its pattern");
    }
  }
}

}  // namespace

// Every letter stands for itself with any marks: "phấn" also for "phân" and "phẩn".
std::string with_any_marks(const std::string& words) {
  static const std::map<char, const char*> variants = {
      {'a', "aàáảãạăằắẳẵặâầấẩẫậ"}, {'e', "eèéẻẽẹêềếểễệ"}, {'i', "iìíỉĩị"}, {'o', "oòóỏõọôồốổỗộơờớởỡợ"},
      {'u', "uùúủũụưừứửữự"},       {'y', "yỳýỷỹỵ"},       {'d', "dđ"}};
  std::string out;
  for (const char c : fold(words)) {
    const auto found = variants.find(c);
    if (found != variants.end()) {
      out += '[';
      out += found->second;
      out += ']';
    } else {
      out += c == ' ' ? "\\s+" : RE2::QuoteMeta(std::string(1, c));
    }
  }
  return out;
}

// Several syllables with wrong marks can hardly be anything else, where none is short: "đạt" and "đất", "trong đó" and
// "trong độ" may.
bool known_without_marks(const std::string& words) {
  constexpr size_t kSyllable = 3;
  const std::string folded = fold(words);
  size_t from = 0, shortest = folded.size(), syllables = 0;
  for (size_t end; from <= folded.size(); from = end + 1, ++syllables) {
    end = std::min(folded.find(' ', from), folded.size());
    shortest = std::min(shortest, end - from);
  }
  return syllables > 1 && shortest >= kSyllable;
}

std::string words_pattern(std::vector<std::string> words) {
  std::string out = alternation(words, false);
  std::erase_if(words, [](const std::string& word) { return !known_without_marks(word); });
  std::sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
  for (const auto& word : words) {
    out += '|';
    out += with_any_marks(word);
  }
  return out;
}

void read_rule_file(RuleSet::Impl& rules, const std::string& file, const std::string& content) {
  FileReader(rules, file, content).read();
}

}  // namespace planscribe
