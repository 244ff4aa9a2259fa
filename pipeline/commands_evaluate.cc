#include "pipeline/commands_evaluate.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "corpus/documents.h"
#include "corpus/evaluate/record_scores.h"
#include "corpus/evaluate/text_scores.h"
#include "pipeline/extract_pages.h"
#include "pipeline/open_corpus.h"
#include "pipeline/outputs.h"
#include "pipeline/text_files.h"
#include "pipeline/wording.h"

namespace planscribe {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using nlohmann::json;

constexpr const char* kGoldSuffix = ".gold.json";

json parse_file(const fs::path& path, const std::string& text) {
  try {
    return json::parse(text);
  } catch (const json::exception& e) {
    throw Error(ExitCode::input_file, path.string() + ": not JSON: " + e.what());
  }
}

// The files of a folder that end so: name without the ending -> path.
std::map<std::string, fs::path> files_of(const std::string& folder, const std::string& ending) {
  std::error_code error;
  std::map<std::string, fs::path> files;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.ends_with(ending)) files.emplace(name.substr(0, name.size() - ending.size()), it->path());
  }
  if (error) throw Error(ExitCode::file_access, folder + ": the folder cannot be read: " + error.message());
  if (files.empty()) throw Error(ExitCode::input_file, folder + ": has no files *" + ending);
  return files;
}

// NAME.p07 -> NAME and 7; a name without page number is the whole document (0).
std::pair<std::string, int> page_of_name(const std::string& name) {
  const size_t dot = name.rfind(".p");
  const std::string digits = dot == std::string::npos ? "" : name.substr(dot + 2);
  if (digits.empty() || digits.size() > 5 || digits.find_first_not_of("0123456789") != std::string::npos) return {name, 0};
  return {name.substr(0, dot), std::stoi(digits)};
}

// Where the results are.
class Results {
 public:
  virtual ~Results() = default;
  virtual std::optional<std::string> text(const std::string& name, int page) = 0;  // page 0: the whole document
  virtual std::optional<json> record(const std::string& name) = 0;
};

class CorpusResults : public Results {
 public:
  explicit CorpusResults(const std::string& file) : store_(open_corpus(file)) {
    for (const std::string& path : list_documents(store_, {})) paths_[fs::path(path).stem().string()].push_back(path);
  }
  std::optional<std::string> text(const std::string& name, int page) override {
    const auto path = find(name);
    if (!path) return std::nullopt;
    if (name != name_) pages_ = read_pages(store_, *path), name_ = name;
    std::vector<std::string> texts;
    for (const Page& read : pages_)
      if (page == 0 || read.number == page) texts.push_back(page_text(read));
    return texts.empty() ? std::nullopt : std::optional(join_pages(texts));
  }
  std::optional<json> record(const std::string& name) override {
    const auto path = find(name);
    return path ? std::optional(json::parse(read_record_json(store_, *path))) : std::nullopt;
  }

 private:
  std::optional<std::string> find(const std::string& name) const {
    const auto found = paths_.find(name);
    if (found == paths_.end()) return std::nullopt;
    if (found->second.size() > 1)
      throw Error(ExitCode::bad_arguments, name + ": the corpus has several documents of this name: " + found->second[0] + ", " +
                                               found->second[1] + "; evaluate them apart");
    return found->second.front();
  }

  Store store_;
  std::map<std::string, std::vector<std::string>> paths_;
  std::string name_;  // of the document whose pages are kept
  std::vector<Page> pages_;
};

class FileResults : public Results {
 public:
  FileResults(const std::string& folder, const std::string& records) : folder_(folder) {
    if (!folder.empty()) files_of(folder, ".txt");  // a wrong folder is an error now
    std::ifstream in(records);
    if (!records.empty() && !in) throw Error(ExitCode::file_access, records + ": cannot be read; check that it exists and its permissions");
    for (std::string line; std::getline(in, line);) {
      json record = parse_file(records, line);
      const json path = record.is_object() ? record.value("/source/path"_json_pointer, json()) : json();
      if (!path.is_string()) throw Error(ExitCode::input_file, records + ": holds a line that is no record: " + printable(line.substr(0, 60)));
      records_[fs::path(path.get<std::string>()).stem().string()] = std::move(record);
    }
  }
  std::optional<std::string> text(const std::string& name, int page) override {
    const fs::path whole = fs::path(folder_) / (name + ".txt"), single = fs::path(folder_) / fmt::format("{}.p{:02}.txt", name, page);
    if (page > 0 && fs::exists(single)) return read_file(single);
    if (!fs::exists(whole)) return std::nullopt;
    const std::string text = read_file(whole);
    if (page == 0) return text;
    const std::vector<std::string> pages = split_pages(text);
    return page <= static_cast<int>(pages.size()) ? std::optional(pages[page - 1]) : std::nullopt;
  }
  std::optional<json> record(const std::string& name) override {
    const auto found = records_.find(name);
    return found == records_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::string folder_;
  std::map<std::string, json> records_;
};

template <typename T>
struct Named {
  std::string name;
  T scores;
};

std::vector<Named<TextErrors>> score_texts(const std::string& folder, Results& results) {
  std::vector<Named<TextErrors>> documents;
  for (const auto& [file, path] : files_of(folder, ".txt")) {
    const auto [name, page] = page_of_name(file);
    const auto text = results.text(name, page);
    if (!text) std::cerr << "planscribe: " << file << ": not among the results; counts as empty\n";
    if (documents.empty() || documents.back().name != name) documents.push_back({name, {}});
    documents.back().scores += compare_texts(read_file(path), text.value_or(""));
  }
  return documents;
}

std::vector<Named<RecordScores>> score_records(const std::string& folder, Results& results) {
  std::vector<Named<RecordScores>> documents;
  for (const auto& [name, path] : files_of(folder, kGoldSuffix)) {
    const auto record = results.record(name);
    if (!record) std::cerr << "planscribe: " << name << ": no record among the results; counts as empty\n";
    try {
      documents.push_back({name, compare_records(parse_file(path, read_file(path)), record.value_or(json::object()))});
    } catch (const json::exception& e) {
      throw Error(ExitCode::input_file, path.string() + ": is no gold record, or its record is none: " + e.what());
    }
  }
  return documents;
}

double rounded(double share) { return std::round(share * 1e4) / 1e4; }

Json text_json(const std::string& name, const TextErrors& counts) {
  const TextScores s = scores_of(counts);
  return {{"truth", name}, {"cer", rounded(s.cer)}, {"wer", rounded(s.wer)}, {"cer_blocks", rounded(s.cer_blocks)},
          {"wer_blocks", rounded(s.wer_blocks)}, {"f1", rounded(s.f1)}, {"wer_blind", rounded(s.wer_blind)},
          {"syllables", rounded(s.syllables)}, {"diacritics", rounded(s.diacritics)}, {"words", counts.words}};
}

Json found_json(const Found& found) {
  return {{"p", rounded(found.precision())}, {"r", rounded(found.recall())}, {"f1", rounded(found.f1())},
          {"tp", found.right}, {"sys", found.given}, {"gold", found.wanted}};
}

Json record_json(const std::string& name, const RecordScores& scores) {
  Json out = {{"gold", name}, {"fields", scores.fields}, {"field_accuracy", rounded(scores.field_accuracy())}};
  for (const auto& [list, found] : scores.lists) out[list] = found_json(found);
  return out;
}

// Lists added up, fields as the mean over the documents.
RecordScores all_of(const std::vector<Named<RecordScores>>& documents) {
  RecordScores all;
  for (const auto& document : documents) {
    for (const auto& [list, found] : document.scores.lists) all.lists[list] += found;
    for (const auto& [field, score] : document.scores.fields) all.fields[field] += score / static_cast<double>(documents.size());
  }
  return all;
}

TextErrors all_of(const std::vector<Named<TextErrors>>& documents) {
  TextErrors all;
  for (const auto& document : documents) all += document.scores;
  return all;
}

template <typename T, typename ToJson>
Json group_json(const std::vector<Named<T>>& documents, ToJson to_json) {
  Json list = Json::array();
  for (const auto& document : documents) list.push_back(to_json(document.name, document.scores));
  return {{"documents", std::move(list)}, {"all", to_json("ALL", all_of(documents))}};
}

void print_text_row(const std::string& name, const TextErrors& counts) {
  const TextScores s = scores_of(counts);
  std::cout << fmt::format("{:<36}{:7}", name, counts.words);
  for (double share : {s.cer, s.wer, s.cer_blocks, s.wer_blocks, s.f1, s.wer_blind, s.syllables, s.diacritics})
    std::cout << fmt::format("{:9.2f}", 100 * share);
  std::cout << "\n";
}

void print_texts(const std::vector<Named<TextErrors>>& documents) {
  std::cout << fmt::format("{:<36}{:>7}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}\n", "text, per cent", "words", "cer", "wer", "cer blk",
                           "wer blk", "f1", "blind", "syllable", "marks");
  for (const auto& document : documents) print_text_row(document.name, document.scores);
  print_text_row("ALL", all_of(documents));
}

void print_record_row(const std::string& name, const RecordScores& scores) {
  std::cout << fmt::format("{:<36}{:9.2f}", name, 100 * scores.field_accuracy());
  for (const char* list : {"recipients", "references", "rounds", "occasions", "targets", "targets_full"})
    std::cout << fmt::format("{:12.2f}", 100 * scores.lists.at(list).f1());
  std::cout << "\n";
}

void print_records(const std::vector<Named<RecordScores>>& documents) {
  std::cout << fmt::format("{:<36}{:>9}{:>12}{:>12}{:>12}{:>12}{:>12}{:>12}\n", "records, per cent (F1)", "fields", "recipients",
                           "references", "rounds", "occasions", "targets", "full");
  for (const auto& document : documents) print_record_row(document.name, document.scores);
  print_record_row("ALL", all_of(documents));
}

std::unique_ptr<Results> open_results(const EvaluateOptions& options) {
  if (options.text.empty() && options.records.empty()) return std::make_unique<CorpusResults>(options.corpus);
  return std::make_unique<FileResults>(options.text, options.records);
}

}  // namespace

ExitCode evaluate(const EvaluateOptions& options) {
  if (options.truth.empty() && options.gold.empty())
    throw Error(ExitCode::bad_arguments, "evaluate: nothing to compare with; give --truth DIR, --gold DIR or both");
  const auto results = open_results(options);
  std::vector<Named<TextErrors>> texts;
  std::vector<Named<RecordScores>> records;
  if (!options.truth.empty()) texts = score_texts(options.truth, *results);
  if (!options.gold.empty()) records = score_records(options.gold, *results);
  if (options.json) {
    Json out = Json::object();
    if (!texts.empty()) out["text"] = group_json(texts, text_json);
    if (!records.empty()) out["records"] = group_json(records, record_json);
    std::cout << out.dump(1, ' ', false, Json::error_handler_t::replace) << "\n";
  } else {
    if (!texts.empty()) print_texts(texts);
    if (!texts.empty() && !records.empty()) std::cout << "\n";
    if (!records.empty()) print_records(records);
  }
  if (!std::cout.flush()) throw Error(ExitCode::file_access, "standard output: cannot be written");
  return ExitCode::ok;
}

}  // namespace planscribe
