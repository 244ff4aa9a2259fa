#include "corpus/rows.h"

#include <cstdlib>

#include "corpus/names.h"
#include "corpus/query.h"
#include "corpus/sqlite.h"
#include "corpus/vocabulary.h"
#include "corpus/word_json.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

std::string page_text(const Page& page, std::string Word::*reading) {
  std::string text;
  for (const Region& region : page.regions) {
    for (const Line& line : region.lines) {
      bool first = true;
      for (const Word& word : line.words) {
        const std::string& value = word.*reading;
        if (value.empty()) continue;
        if (!first) text += ' ';
        text += value;
        first = false;
      }
      text += '\n';
    }
  }
  return text;
}

void bind_box(Statement& statement, const Box& box) {
  if (box.empty())
    statement.bind_null().bind_null().bind_null().bind_null();
  else
    statement.bind(box.left).bind(box.top).bind(box.right).bind(box.bottom);
}

void insert_search_row(Database& database, const char* table, std::int64_t id, const std::string& text) {
  Statement statement(database,
                      std::string("INSERT INTO ") + table + " (rowid, exact, folded) VALUES (?, ?, ?)");
  statement.bind(id).bind(exact_form(text)).bind(fold(text)).run();
}

std::int64_t insert_page(Database& database, std::int64_t document_id, const Page& page) {
  const std::string text = page_text(page, &Word::text);
  Statement statement(database, R"(
    INSERT INTO pages (document_id, number, width, height, dpi, rotation, status, origin, error, text, raw_text,
                       words)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))");
  statement.bind(document_id).bind(page.number).bind(page.width).bind(page.height).bind(page.dpi);
  statement.bind(page.rotation).bind(name_of(page.status)).bind(name_of(page.origin)).bind(page.error);
  statement.bind(text).bind(page_text(page, &Word::raw)).bind(words_to_json(page.regions)).run();
  const std::int64_t id = database.last_row_id();
  insert_search_row(database, "page_search", id, text);
  count_words(database, text, 1);
  return id;
}

void insert_regions(Database& database, std::int64_t page_id, const Page& page) {
  Statement regions(database, R"(
    INSERT INTO regions (page_id, number, kind, "row", "column", box_left, box_top, box_right, box_bottom)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?))");
  int region_number = 0;
  for (const Region& region : page.regions) {
    regions.bind(page_id).bind(++region_number).bind(name_of(region.kind));
    if (region.row < 0)
      regions.bind_null().bind_null();
    else
      regions.bind(region.row).bind(region.column);
    bind_box(regions, region.box);
    regions.run();
  }
}

template <typename T>
std::optional<T> value_of(const OptionalField<T>& field) {
  if (!field) return std::nullopt;
  return field->value;
}

std::string folded(const OptionalField<std::string>& field) { return field ? fold(field->value) : ""; }

void bind_evidence(Statement& statement, const Evidence& evidence) {
  statement.bind(evidence.page).bind(evidence.line).bind(evidence.confidence);
}

void insert_fields(Database& database, std::int64_t id, const DocumentFields& d) {
  Statement statement(database, R"(
    INSERT INTO records (document_id, type, number, parent_body, issuing_body, place, issue_date, title, theme,
      plan_year, period_from, period_to, signer_authority, signer_position, signer_name,
      type_folded, number_folded, place_folded, body_folded)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))");
  statement.bind(id).bind(value_of(d.type)).bind(value_of(d.number)).bind(value_of(d.parent_body));
  statement.bind(value_of(d.issuing_body)).bind(value_of(d.place)).bind(value_of(d.issue_date));
  statement.bind(value_of(d.title)).bind(value_of(d.theme)).bind(value_of(d.plan_year));
  if (d.period)
    statement.bind(d.period->value.from).bind(d.period->value.to);
  else
    statement.bind_null().bind_null();
  statement.bind(value_of(d.signer.authority))
      .bind(value_of(d.signer.position))
      .bind(value_of(d.signer.name));
  statement.bind(folded(d.type)).bind(folded(d.number)).bind(folded(d.place));
  statement.bind(folded(d.issuing_body) + "\n" + folded(d.parent_body)).run();

  Statement recipient(database, "INSERT INTO recipients (document_id, position, name) VALUES (?, ?, ?)");
  int position = 0;
  for (const auto& field : d.recipients) recipient.bind(id).bind(++position).bind(field.value).run();
}

void insert_citations(Database& database, std::int64_t id, const std::vector<Reference>& references) {
  Statement statement(database, R"(
    INSERT INTO citations (document_id, position, type, number, date, issuer, number_folded, page, line, confidence)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?))");
  int position = 0;
  for (const Reference& reference : references) {
    statement.bind(id).bind(++position).bind(reference.type).bind(reference.number);
    statement.bind(reference.date).bind(reference.issuer).bind(fold(reference.number));
    bind_evidence(statement, reference.evidence);
    statement.run();
  }
}

void insert_rounds(Database& database, std::int64_t id, const std::vector<Round>& rounds) {
  Statement round_row(database, R"(
    INSERT INTO rounds (document_id, position, label, starts, ends, page, line, confidence)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?))");
  Statement occasion_row(database, R"(
    INSERT INTO occasions (document_id, round, position, name, anniversary, starts, ends, page, line, confidence)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?))");
  int round_position = 0;
  for (const Round& round : rounds) {
    round_row.bind(id).bind(++round_position).bind(round.label).bind(round.from).bind(round.to);
    bind_evidence(round_row, round.evidence);
    round_row.run();
    int position = 0;
    for (const Occasion& occasion : round.occasions) {
      occasion_row.bind(id).bind(round_position).bind(++position).bind(occasion.name);
      occasion_row.bind(occasion.anniversary).bind(occasion.from).bind(occasion.to);
      bind_evidence(occasion_row, occasion.evidence);
      occasion_row.run();
    }
  }
}

std::int64_t indicator_id(Database& database, const std::string& indicator) {
  Statement known(database, "SELECT id FROM indicators WHERE text = ?");
  known.bind(indicator);
  if (known.step()) return known.integer(0);
  Statement(database, "INSERT INTO indicators (text) VALUES (?)").bind(indicator).run();
  const std::int64_t id = database.last_row_id();
  insert_search_row(database, "indicator_search", id, indicator);
  return id;
}

struct Years {
  std::optional<int> from, to;
};

Years years_of(const DocumentFields& document) {
  if (document.period) return {std::atoi(document.period->value.from.c_str()), std::atoi(document.period->value.to.c_str())};
  const auto year = value_of(document.plan_year);
  return {year, year};
}

void insert_targets(Database& database, std::int64_t id, const Record& record) {
  Statement statement(database, R"(
    INSERT INTO targets (document_id, position, indicator, value, value_max, of_total, unit, per, comparator,
      direction, amount_value, amount_unit, due, section, unit_folded, amount_unit_folded, page, line, confidence,
      evidence, indicator_id, year_from, year_to)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))");
  const Years years = years_of(record.document);
  int position = 0;
  for (const Target& target : record.targets) {
    statement.bind(id).bind(++position).bind(target.indicator).bind(target.value).bind(target.value_max);
    statement.bind(target.of)
        .bind(target.unit)
        .bind(target.per)
        .bind(target.comparator)
        .bind(target.direction);
    if (target.amount)
      statement.bind(target.amount->value).bind(target.amount->unit);
    else
      statement.bind_null().bind_null();
    statement.bind(target.due).bind(target.section).bind(fold(target.unit));
    if (target.amount)
      statement.bind(fold(target.amount->unit));
    else
      statement.bind_null();
    bind_evidence(statement, target.evidence);
    statement.bind(target.evidence.text).bind(indicator_id(database, target.indicator));
    statement.bind(years.from).bind(years.to).run();
  }
}

}  // namespace

void insert_pages(Database& database, std::int64_t document_id, const std::vector<Page>& pages) {
  for (const Page& page : pages) insert_regions(database, insert_page(database, document_id, page), page);
}

void insert_record(Database& database, std::int64_t document_id, const Record& record, const std::string& machine,
                   const std::optional<std::string>& corrected) {
  insert_fields(database, document_id, record.document);
  Statement(database, "INSERT INTO record_json (document_id, machine, corrected) VALUES (?, ?, ?)")
      .bind(document_id)
      .bind(machine)
      .bind(corrected)
      .run();
  insert_citations(database, document_id, record.references);
  insert_rounds(database, document_id, record.rounds);
  insert_targets(database, document_id, record);
}

}  // namespace planscribe
