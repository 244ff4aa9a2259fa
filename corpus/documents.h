// documents.h: documents read back from a corpus as values, one at a time; what exporters and the evaluation use.
//
//   for (const std::string& path : list_documents(store, filter)) {
//     const Record record = read_record(store, path);
//     const std::vector<Page> pages = read_pages(store, path);
//
// Reads only; may run while another process writes. Unknown paths throw Error(bad_arguments).
#pragma once

#include <string>
#include <vector>

#include "corpus/search.h"
#include "corpus/store.h"
#include "pipeline/page.h"
#include "rules/record.h"

namespace planscribe {

// Paths of the documents that are done and that the filter keeps, ordered.
std::vector<std::string> list_documents(const Store& store, const SearchFilter& filter = {});

// The record with what people corrected in place of what the machine read; shape: rules/record.schema.json.
// Corrected values have the rule "correction" in their evidence, which still shows where the value stands.
Record read_record(const Store& store, const std::string& path);
std::string read_record_json(const Store& store, const std::string& path);

// The pages in order, as they were stored: restored and raw words, boxes, confidences to two digits. Glyphs and their
// alternatives are not kept, nor are boxes of lines (they are made of those of their words).
std::vector<Page> read_pages(const Store& store, const std::string& path);

}  // namespace planscribe
