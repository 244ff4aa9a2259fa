#include "pipeline/commands_correct.h"

#include <pwd.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "corpus/corrections.h"

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
  std::cout << c.id << "  " << c.state << "  " << c.path << "  " << c.field << ": " << shown(c.before) << " -> "
            << shown(c.value) << "  (" << c.who << ", " << c.made << ")" << (c.note.empty() ? "" : "\n    ") << c.note << "\n";
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

// Line by line: a bad one is named and passed over. Importing a file again changes nothing.
ExitCode import_corrections(Store& store, const CorrectOptions& options, const std::string& who) {
  std::ifstream file;
  if (options.import_file != "-") file.open(options.import_file);
  std::istream& in = options.import_file == "-" ? std::cin : file;
  if (!in) throw Error(ExitCode::file_access, options.import_file + ": cannot be read; check that it exists and its permissions");
  int number = 0, made = 0, known = 0, bad = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    std::string problem;
    try {
      const nlohmann::json line = nlohmann::json::parse(text);
      if (line.value("state", "") == "withdrawn") continue;
      ++(correct(store, request_of(store, line, who)) ? made : known);
      continue;
    } catch (const nlohmann::json::exception& e) {
      problem = std::string(e.what()) + "; a line is {\"path\": ..., \"field\": ..., \"value\": ...}";
    } catch (const Error& e) {
      if (e.code() != ExitCode::bad_arguments) throw;
      problem = e.what();
    }
    ++bad;
    std::cerr << "planscribe: " << options.import_file << ":" << number << ": " << problem << "\n";
  }
  std::cerr << "planscribe: " << made << " corrections taken over, " << known << " known already, " << bad << " refused\n";
  return bad ? ExitCode::some_failed : ExitCode::ok;
}

}  // namespace

ExitCode correct_corpus(const CorrectOptions& options) {
  if (options.list) {
    const Store store(options.corpus, true);
    const std::string path = options.document.empty() ? "" : find_path(store, options.document);
    for (const Correction& correction : list_corrections(store, path)) print(correction, options.json);
    return ExitCode::ok;
  }
  if (!std::filesystem::exists(options.corpus))
    throw Error(ExitCode::file_access, options.corpus + ": there is no corpus; name one with --corpus");
  Store store(options.corpus);
  const std::string who = options.who.empty() ? login_name() : options.who;
  if (options.undo != 0) {
    withdraw_correction(store, options.undo);
    print_outcome(store, options.undo);
    return ExitCode::ok;
  }
  return options.import_file.empty() ? correct_one(store, options, who) : import_corrections(store, options, who);
}

}  // namespace planscribe
