// Reads one rule file (*.toml). What is wrong in a file is told with file, line, column and a caret.
#include <algorithm>
#include <filesystem>
#include <set>
#include <stdexcept>

#include "models/unicode.h"
#include "rules/rule_set.h"
#include "rules/toml_file.h"

namespace planscribe {
namespace {

namespace fs = std::filesystem;

const std::set<std::string> kFields = {
    "document.type",   "document.number",       "document.place_date",    "document.motto",
    "document.theme",  "document.period",       "document.plan_year",     "document.body_mention",
    "document.body_start", "document.title_end",  "signer.authority",
    "signer.position", "signer.name", "signer.mark",           "recipients.start",       "section",
    "references",      "rounds",                "rounds.span",            "rounds.list",   "occasions",  "occasions.open",
    "targets.quantity", "targets.mask",         "targets.due",          "targets.each"};

const std::set<std::string> kTypes = {"text", "number", "decimal", "words", "date", "date_end", "code", "damaged_code", "unit", "ordinal", "upper"};

const std::set<std::string> kValueKinds = {"document", "recipient", "reference", "round", "target"};

const std::set<std::string> kRuleKeys = {"id",     "field", "where",    "pattern",  "values", "set",
                                         "folded", "why",   "priority", "strength", "example"};

// Reads one file. Rules are compiled later, when all parts and lists are known.
class FileReader : TomlFile {
 public:
  FileReader(RuleSet::Impl& rules, const std::string& file, const std::string& content)
      : TomlFile(file, content), rules_(rules) {}

  void read() {
    for (const auto& [key, node] : table()) {
      const std::string section(key.str());
      if (section == "parts") {
        read_parts(node);
      } else if (section == "list") {
        read_lists(node);
      } else if (section == "unit") {
        read_units(node);
      } else if (section == "rule") {
        read_rules(node);
      } else if (section == "calibration") {
        read_calibrations(node);
      } else if (section != "source" && section != "date") {
        wrong(key.source().begin, "unknown key \"" + section + "\"; known are parts, list, unit, rule, calibration, source, date");
      }
    }
  }

 private:
  void read_parts(const toml::node& node) {
    for (const auto& [key, value] : table_of(node, "parts")) {
      rules_.parts[std::string(key.str())] = text_of(value, "a part");
      rules_.part_files[std::string(key.str())] = name();
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

  // points = [[0.5, 0.4], [0.9, 0.95]], rising: of raw 0.9 as many as 0.95 were right. A later folder replaces a kind.
  void read_calibrations(const toml::node& node) {
    for (const auto& [key, value] : table_of(node, "calibration")) {
      const std::string kind(key.str());
      if (!kValueKinds.count(kind)) wrong(key.source().begin, "unknown kind of value \"" + kind + "\"");
      const auto& table = table_of(value, "a calibration");
      const auto* points = table.get("points");
      if (!points) wrong(table.source().begin, "a calibration has no \"points\"");
      Calibration calibration;
      for (const auto& item : array_of(*points, "\"points\"")) add_point(calibration, item);
      rules_.calibrations[kind] = std::move(calibration);
    }
  }

  void add_point(Calibration& calibration, const toml::node& node) const {
    const auto& pair = array_of(node, "a point");
    if (pair.size() != 2) wrong(node.source().begin, "a point is [raw, right], both from 0 to 1");
    const double raw = number_of(pair[0], "a point"), right = number_of(pair[1], "a point");
    const bool rising = calibration.points.empty() || (raw > calibration.points.back().first && right >= calibration.points.back().second);
    if (raw < 0 || raw > 1 || right < 0 || right > 1 || !rising) wrong(node.source().begin, "points are from 0 to 1 and rise");
    calibration.points.emplace_back(raw, right);
  }

  void read_rules(const toml::node& node) {
    for (const auto& item : array_of(node, "rule")) {
      Rule rule = read_rule(table_of(item, "a rule"));
      const auto same = std::find_if(rules_.rules.begin(), rules_.rules.end(),
                                     [&](const Rule& other) { return other.id == rule.id; });
      if (same == rules_.rules.end()) {
        rules_.rules.push_back(std::move(rule));
      } else if (fs::path(same->file).parent_path() == fs::path(name()).parent_path()) {
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
    rule.file = name();
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

  RuleSet::Impl& rules_;
};

void FileReader::compile(const toml::table& table, Rule& rule) {
  const auto at = table.get("pattern")->source().begin;
  std::string expanded;
  try {
    expanded = expand_pattern(rules_, rule.pattern, rule.folded);
  } catch (const std::invalid_argument& error) {
    wrong(at, error.what());
  }
  rule.re = std::make_unique<RE2>(with_short_classes(expanded), pattern_options());
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

void read_rule_file(RuleSet::Impl& rules, const std::string& file, const std::string& content) {
  rules.word_patterns.clear();
  FileReader(rules, file, content).read();
}

}  // namespace planscribe
