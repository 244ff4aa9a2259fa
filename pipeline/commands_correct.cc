#include "pipeline/commands_correct.h"

#include <pwd.h>
#include <unistd.h>

#include <functional>
#include <iostream>
#include <map>
#include <sstream>

#include "corpus/corrections.h"
#include "corpus/field_path.h"
#include "pipeline/open_corpus.h"
#include "pipeline/text_files.h"
#include "pipeline/wording.h"

namespace planscribe {
namespace {

using Json = nlohmann::ordered_json;

std::string login_name() {
  const passwd* entry = getpwuid(geteuid());
  return entry ? entry->pw_name : "user " + std::to_string(geteuid());
}

std::string shown(const nlohmann::json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

void print(const Correction& c, bool as_json) {
  if (as_json) {
    const Json line = {{"id", c.id},   {"path", c.path}, {"field", c.field}, {"before", c.before}, {"value", c.value},
                       {"who", c.who}, {"made", c.made}, {"state", c.state}, {"note", c.note}};
    std::cout << line.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
    return;
  }
  std::cout << c.id << "  " << c.state << "  " << printable(c.path) << "  " << printable(c.field) << ": " << shown(c.before) << " -> "
            << shown(c.value) << "  (" << printable(c.who) << ", " << c.made << ")" << (c.note.empty() ? "" : "\n    ") << printable(c.note) << "\n";
}

// How the correction fares at once: a person should see that it counts.
void print_outcome(const Store& store, std::int64_t id) {
  for (const Correction& correction : list_corrections(store))
    if (correction.id == id) print(correction, false);
}

ExitCode correct_one(Store& store, const CorrectOptions& options, const std::string& who) {
  if (options.document.empty() || options.field.empty() || !options.value_given)
    throw Error(ExitCode::bad_arguments, "correct: give DOC FIELD VALUE, or --import, --list or --undo; see --help");
  const auto id = correct(store, {.path = find_path(store, options.document), .field = options.field,
                                  .value = typed_value(options.field, options.value), .who = who, .made = {}, .before = {}});
  if (id) print_outcome(store, *id);
  else std::cerr << "planscribe: " << options.field << " has been corrected so already; nothing changed\n";
  return ExitCode::ok;
}

CorrectionRequest request_of(const Store& store, const nlohmann::json& line, const std::string& who) {
  CorrectionRequest request;
  request.path = find_path(store, line.at("path"));
  request.field = line.at("field");
  request.value = line.at("value");
  request.who = line.value("who", who);
  if (line.contains("made")) request.made = line.at("made");
  if (line.contains("before")) request.before = line.at("before");
  return request;
}

struct ImportLine {
  int number = 0;  // in the file
  nlohmann::json json;
};

// Whether the line takes a row out. Such lines wait until all others are done, the last row first: so that the rows keep
// the numbers by which the file calls them.
bool removes_row(const nlohmann::json& line) {
  return line.contains("value") && line.at("value").is_null() && line.value("field", "").ends_with(']');
}

size_t row_number(const nlohmann::json& line) {
  const FieldPath field = parse_field_path(line.at("field"));
  return field.back().index.value_or(0);
}

class Import {
 public:
  Import(Store& store, const CorrectOptions& options, const std::string& who) : store_(store), options_(options), who_(who) {}

  // A bad line is named and passed over. Importing a file again changes nothing.
  void read(std::istream& in) {
    int number = 0;
    for (std::string text; std::getline(in, text);) {
      ++number;
      if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
      guarded(number, [&] {
        const nlohmann::json line = nlohmann::json::parse(text);
        if (line.value("state", "") == "withdrawn") return;
        if (removes_row(line)) removals_.emplace(row_number(line), ImportLine{number, line});
        else take(line);
      });
    }
    for (const auto& [row, line] : removals_) guarded(line.number, [&] { take(line.json); });
  }

  ExitCode report() const {
    std::cerr << "planscribe: " << counted(made_, "correction") << " taken over, " << known_ << " known already, " << bad_ << " refused\n";
    return bad_ ? ExitCode::some_failed : ExitCode::ok;
  }

 private:
  void take(const nlohmann::json& line) { ++(correct(store_, request_of(store_, line, who_)) ? made_ : known_); }

  template <typename Step>
  void guarded(int number, Step step) {
    std::string problem;
    try {
      step();
      return;
    } catch (const nlohmann::json::exception&) {
      problem = "is no correction; a line is {\"path\": ..., \"field\": ..., \"value\": ...}";
    } catch (const Error& e) {
      if (e.code() != ExitCode::bad_arguments) throw;
      problem = e.what();
    }
    ++bad_;
    std::cerr << "planscribe: " << options_.import_file << ":" << number << ": " << problem << "\n";
  }

  Store& store_;
  const CorrectOptions& options_;
  const std::string& who_;
  std::multimap<size_t, ImportLine, std::greater<>> removals_;  // by row
  int made_ = 0, known_ = 0, bad_ = 0;
};

ExitCode import_corrections(Store& store, const CorrectOptions& options, const std::string& who) {
  Import import(store, options, who);
  if (options.import_file == "-") {
    import.read(std::cin);
  } else {
    std::istringstream lines(read_file(options.import_file));
    import.read(lines);
  }
  return import.report();
}

}  // namespace

ExitCode correct_corpus(const CorrectOptions& options) {
  if (options.list) {
    const Store store = open_corpus(options.corpus);
    const std::string path = options.document.empty() ? "" : find_path(store, options.document);
    for (const Correction& correction : list_corrections(store, path)) print(correction, options.json);
    return ExitCode::ok;
  }
  Store store = open_corpus(options.corpus, false);
  const std::string who = options.who.empty() ? login_name() : options.who;
  if (options.undo != 0) {
    withdraw_correction(store, options.undo);
    print_outcome(store, options.undo);
    return ExitCode::ok;
  }
  return options.import_file.empty() ? correct_one(store, options, who) : import_corrections(store, options, who);
}

}  // namespace planscribe
