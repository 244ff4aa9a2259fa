// extraction.h: the plan while it is being read: lines -> zones -> paragraphs -> values. Used inside rules/ only.
//
// A Fragment is a run of text that knows from which bytes of which lines it came. Nothing here outlives extract():
// Plan points at the caller's lines and rules. One Plan belongs to one thread.
#pragma once

#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rules/record.h"
#include "rules/rule_set.h"

namespace planscribe {

// Bytes [at, at + length) of a fragment are bytes [begin, begin + length) of lines[line].
struct LinePiece {
  size_t at = 0;
  int line = 0;
  size_t begin = 0, length = 0;
};

struct Fragment {
  std::string text;
  std::vector<LinePiece> pieces;
  bool after_blank = false;  // a blank line stood before it
  bool empty() const { return text.empty(); }
};

enum class MarkerKind { none, roman, capital, number, letter, bracket, dash, plus };

struct Paragraph : Fragment {
  MarkerKind marker = MarkerKind::none;
  std::string label;      // "II", "1.3", "a"; empty for dashes
  size_t body = 0;        // where the text begins behind the marker
  bool heading = false;
  std::string section;    // path of the heading it stands under, "II.2"
  std::string own_section;  // of a heading: its own path
  std::string kind;       // of the section: target, content, rounds, purpose, organisation, past, reward, preamble
  int table = -1, row = -1, column = -1;
  std::string due;        // of a row of a table: the year that heads its column, where several columns have one

  // The text behind the marker, prepared once for all that look for something in it.
  const MatchText& body_text() const {
    if (!body_text_) body_text_ = std::make_shared<MatchText>(std::string_view(text).substr(body));
    return *body_text_;
  }

 private:
  mutable std::shared_ptr<MatchText> body_text_;
};

// A row of a table, its cells by column. Rows of one table share its number.
struct TableRow {
  int table = 0;
  std::map<int, Fragment> cells;
};

struct Plan {
  const std::vector<SourceLine>& lines;
  const RuleSet::Impl& rules;
  std::ostream* explain = nullptr;
  std::vector<Fragment> head_left, head_right;  // one a line
  std::vector<Fragment> type_and_title;         // the line of the type first
  std::vector<Paragraph> paragraphs;            // body, annexes included
  std::vector<TableRow> table_rows;             // of the layout and of plain text, in order
  std::vector<Fragment> recipients, signature;  // one a line
  int year = 0;                                 // the plan's year, 0 when not known
  std::string issue_date, own_number;
  bool impossible_date = false;  // the head has a date that no calendar has
};

// fragments.cc
Fragment line_fragment(const Plan& plan, int line, size_t begin, size_t end);
Fragment sub_fragment(const Fragment& fragment, size_t begin, size_t end);  // trimmed of white space
void append(Fragment& to, const Fragment& from, const std::string& between);
// every_word: the value is wrong where one of its words is (a name); else the least certain of them counts.
Evidence make_evidence(const Plan& plan, const Fragment& fragment, size_t begin, size_t end, const std::string& rule,
                       double strength, bool every_word = false);
Field<std::string> text_field(const Plan& plan, const Fragment& fragment, size_t begin, size_t end,
                              const std::string& value, const std::string& rule, double strength);

// The line was read from an image or restored; typed text stands as it is.
bool may_be_misread(const SourceLine& line);

// clearer_reading.cc: where the line of the value may be misread, its words of two and more are told with the marks that
// the body of the text gives the same letters everywhere; with less confidence.
void take_clearer_reading(const Plan& plan, OptionalField<std::string>& field);

// zones.cc: parts the lines into head, title, body, recipients and signature.
void split_zones(Plan& plan);

// paragraphs.cc: joins lines cut by line and page breaks.
std::vector<Paragraph> assemble_paragraphs(const Plan& plan, const std::vector<Fragment>& lines);

// sections.cc: headings, their paths and what their sections are about.
void mark_sections(const Plan& plan, std::vector<Paragraph>& paragraphs);

// head.cc, issuing_body.cc, signature.cc, recipients.cc, references.cc, rounds.cc, occasions.cc, targets.cc, tables.cc, confidence.cc
void read_head(Plan& plan, DocumentFields& document);
void read_bodies(const Plan& plan, DocumentFields& document);
void read_signature(const Plan& plan, DocumentFields& document);
void read_recipients(const Plan& plan, DocumentFields& document);
std::vector<Reference> read_references(const Plan& plan);
std::vector<Round> read_rounds(const Plan& plan);
// round_tables.cc: rows of tables that list rounds, one paragraph each.
std::vector<Paragraph> round_rows(const Plan& plan);
// occasions.cc: the occasions that a part of a round tells of, in order.
std::vector<Occasion> read_occasions(const Plan& plan, const Fragment& part);
std::vector<Target> read_targets(const Plan& plan);
// tables.cc, plain_tables.cc: the rows of tables; taken gets the lines of plain text that are rows.
std::vector<TableRow> find_table_rows(const Plan& plan, std::set<int>& taken);
std::vector<TableRow> plain_table_rows(const Plan& plan, std::set<int>& taken);
// Whether a row heads columns: of targets, or of rounds.
bool names_columns(const Plan& plan, const std::map<int, Fragment>& row);
// Rows as paragraphs "indicator: value unit", so that targets.cc reads them like bullets.
std::vector<Paragraph> table_paragraphs(const Plan& plan);
std::vector<Target> targets_of_paragraph(const Plan& plan, const Paragraph& paragraph, const std::string& head);
// Lowers confidence by checks and lists in needs_review what a person should see first.
void judge(const Plan& plan, Record& record);

}  // namespace planscribe
