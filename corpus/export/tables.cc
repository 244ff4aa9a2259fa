#include "corpus/export/tables.h"

#include <fmt/format.h>

#include <cmath>

namespace planscribe {
namespace {

Cell cell(const std::string& value) { return value; }
Cell cell(double value) { return value; }
Cell cell(int value) { return static_cast<double>(value); }
Cell date(const std::string& iso) { return DateText{iso}; }

template <typename T>
Cell cell(const std::optional<T>& value) {
  return value ? cell(*value) : Cell();
}
template <typename T>
Cell cell(const OptionalField<T>& field) {
  return field ? cell(field->value) : Cell();
}
Cell date(const std::optional<std::string>& value) { return value ? date(*value) : Cell(); }
Cell date(const OptionalField<std::string>& field) { return field ? date(field->value) : Cell(); }

class RowMaker {
 public:
  RowMaker(const Record& record, const std::string& url) : record_(record), url_(url) {}

  std::vector<std::vector<Row>> make() const {
    return {{document()}, recipients(), references(), rounds(), occasions(), targets()};
  }

 private:
  Cell link(int page) const { return PageLink{record_.source.path, url_, page}; }

  // path, position, the cells given, then where they were read.
  Row row(size_t position, std::vector<Cell> cells, const Evidence& evidence) const {
    Row row{record_.source.path, static_cast<double>(position)};
    row.insert(row.end(), cells.begin(), cells.end());
    row.insert(row.end(), {cell(evidence.text), cell(evidence.page), cell(evidence.line), cell(evidence.confidence), link(evidence.page)});
    return row;
  }

  Row document() const {
    const DocumentFields& d = record_.document;
    std::string review;
    for (const std::string& path : record_.quality.needs_review) review += (review.empty() ? "" : "; ") + path;
    const auto period = [&](std::string Period::*end) { return d.period ? date(d.period->value.*end) : Cell(); };
    return {record_.source.path, cell(d.type), cell(d.number), cell(d.parent_body), cell(d.issuing_body), cell(d.place),
            date(d.issue_date), cell(d.title), cell(d.theme), cell(d.plan_year), period(&Period::from), period(&Period::to),
            cell(d.signer.authority), cell(d.signer.position), cell(d.signer.name), cell(record_.source.pages),
            cell(record_.quality.ocr_confidence), cell(record_.quality.restored_words), cell(review), record_.source.sha256, link(1)};
  }

  std::vector<Row> recipients() const {
    std::vector<Row> rows;
    for (const auto& recipient : record_.document.recipients)
      rows.push_back(row(rows.size() + 1, {cell(recipient.value)}, recipient.evidence));
    return rows;
  }

  std::vector<Row> references() const {
    std::vector<Row> rows;
    for (const Reference& r : record_.references)
      rows.push_back(row(rows.size() + 1, {cell(r.type), cell(r.number), date(r.date), cell(r.issuer)}, r.evidence));
    return rows;
  }

  std::vector<Row> rounds() const {
    std::vector<Row> rows;
    for (const Round& r : record_.rounds)
      rows.push_back(row(rows.size() + 1, {cell(r.label), date(r.from), date(r.to)}, r.evidence));
    return rows;
  }

  std::vector<Row> occasions() const {
    std::vector<Row> rows;
    for (size_t i = 0; i < record_.rounds.size(); ++i)
      for (const Occasion& o : record_.rounds[i].occasions)
        rows.push_back(row(rows.size() + 1, {cell(static_cast<int>(i + 1)), cell(o.name), cell(o.anniversary), date(o.from), date(o.to)},
                           o.evidence));
    return rows;
  }

  std::vector<Row> targets() const {
    const DocumentFields& d = record_.document;
    std::vector<Row> rows;
    for (const Target& t : record_.targets)
      rows.push_back(row(rows.size() + 1,
                         {cell(d.issuing_body), cell(d.plan_year), cell(t.indicator), cell(t.comparator), cell(t.value),
                          cell(t.value_max), cell(t.of), cell(t.unit), cell(t.per), cell(t.direction),
                          t.amount ? cell(t.amount->value) : Cell(), t.amount ? cell(t.amount->unit) : Cell(), date(t.due),
                          cell(t.section)},
                         t.evidence));
    return rows;
  }

  const Record& record_;
  const std::string& url_;
};

ExportTable table(const char* name, std::vector<std::string> columns) {
  columns.insert(columns.begin(), {"path", "position"});
  columns.insert(columns.end(), {"evidence", "page", "line", "confidence", "link"});
  return {name, std::move(columns)};
}

struct TextOf {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(double value) const {
    if (std::abs(value) < 9e15 && value == std::floor(value)) return fmt::format("{}", static_cast<long long>(value));
    return fmt::format("{}", value);
  }
  std::string operator()(const DateText& date) const { return date.iso; }
  std::string operator()(const PageLink& link) const { return fmt::format("{}#page={}", link.path, link.page); }
};

}  // namespace

const std::vector<ExportTable>& tables() {
  static const std::vector<ExportTable> all = {
      {"documents",
       {"path", "type", "number", "parent_body", "issuing_body", "place", "issue_date", "title", "theme", "plan_year",
        "period_from", "period_to", "signer_authority", "signer_position", "signer_name", "pages", "ocr_confidence",
        "restored_words", "needs_review", "sha256", "link"}},
      table("recipients", {"name"}),
      table("references", {"type", "number", "date", "issuer"}),
      table("rounds", {"label", "from", "to"}),
      table("occasions", {"round", "name", "anniversary", "from", "to"}),
      table("targets", {"issuing_body", "plan_year", "indicator", "comparator", "value", "value_max", "of", "unit", "per",
                        "direction", "amount_value", "amount_unit", "due", "section"})};
  return all;
}

std::vector<std::vector<Row>> rows_of(const Record& record, const std::string& url) { return RowMaker(record, url).make(); }

std::string to_text(const Cell& cell) { return std::visit(TextOf(), cell); }

}  // namespace planscribe
