// record.h: the plan record, version 1: what extraction produces. Values only.
//
// Two rules: what the paper does not say stays empty (std::nullopt, empty list), and every value carries Evidence.
// rules/record_json.h writes it as JSON in the shape of rules/record.schema.json.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/page.h"

namespace planscribe {

// A stretch of one line of the document: line is an index into the lines given to extract(); begin and end are byte
// offsets into that line's text, half-open.
struct Span {
  int line = 0;
  int begin = 0, end = 0;
};

struct Evidence {
  std::string rule;          // id of the rule that fired
  std::vector<Span> spans;   // the words the value was read from, at least one
  std::string text;          // those words after restoration, spans joined by a space
  std::string raw;           // the same words as recognised; filled by pipeline/extract.cc
  int page = 0, line = 0;    // 1-based, of the first span; line counts within the page
  std::vector<Box> boxes;    // one a line; filled by pipeline/extract.cc
  double confidence = 0;     // 0..1, probability that the value is right
};

template <typename T>
struct Field {
  T value{};
  Evidence evidence;
};
template <typename T>
using OptionalField = std::optional<Field<T>>;

struct Period {
  std::string from, to;  // ISO 8601, as exact as the paper
};

struct Signer {
  OptionalField<std::string> authority, position, name;
};

struct DocumentFields {
  OptionalField<std::string> type, number, parent_body, issuing_body, place, issue_date, title, theme;
  OptionalField<int> plan_year;
  OptionalField<Period> period;
  Signer signer;
  std::vector<Field<std::string>> recipients;
};

struct Reference {
  std::string type, number;
  std::optional<std::string> date, issuer;
  Evidence evidence;
};

struct Occasion {
  std::string name;
  std::optional<int> anniversary;
  std::optional<std::string> from, to;
  Evidence evidence;
};

struct Round {
  std::string label;
  std::optional<std::string> from, to;
  std::vector<Occasion> occasions;
  Evidence evidence;
};

struct Amount {
  double value = 0;
  std::string unit;
};

struct Target {
  std::string indicator;
  double value = 0;
  std::optional<double> value_max, of;
  std::string unit;
  std::optional<std::string> per;
  std::string comparator = "=";
  std::optional<std::string> direction;  // increase, decrease, maintain
  std::optional<Amount> amount;          // in base units, where there is one
  std::optional<std::string> due, section;
  Evidence evidence;
};

struct Source {
  std::string path, sha256, media_type;
  int pages = 0;
};

struct Quality {
  std::optional<double> ocr_confidence;  // mean over the words; empty for text input
  int restored_words = 0;
  std::vector<std::string> needs_review;  // paths of values, least certain first: "document.number", "targets[3]"
};

struct MadeBy {
  std::string program, ocr, language_model, rules;
};

struct Record {
  Source source;
  DocumentFields document;
  std::vector<Reference> references;
  std::vector<Round> rounds;
  std::vector<Target> targets;
  Quality quality;
  MadeBy made_by;
};

}  // namespace planscribe
