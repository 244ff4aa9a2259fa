// names.h: names of people and places that the language model has seen too rarely: where a name must stand, as after "huyện" or
// "đồng chí" or alone on a line, the words of a listed one gain a little. Const after loading, shared by threads.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "models/document_line.h"
#include "models/options.h"

namespace planscribe {

class Names {
 public:
  // Reads lexicon/family_names.txt, middle_names.txt and place_names.txt; throws Error(invalid_data) naming the file.
  Names(const Lexicon& lexicon, const std::string& folder);

  // Puts columns in which the words of names are cheaper into the line. The maker keeps them.
  void favour(DocumentLine& line, OptionMaker& maker) const;

 private:
  using Name = std::vector<int>;  // entries of the lexicon

  std::span<const Name> places_from(int entry) const;
  void favour_person(DocumentLine& line, size_t at, OptionMaker& maker) const;
  void favour_place(DocumentLine& line, size_t at, OptionMaker& maker) const;
  bool fits(const DocumentLine& line, size_t at, const Name& name) const;
  bool after(const DocumentLine& line, size_t at, std::span<const int> words) const;
  bool before_date(const DocumentLine& line, size_t at) const;

  std::vector<int> families_, middles_;  // entries
  std::vector<Name> places_;   // sorted
  std::vector<int> units_;     // huyện, tỉnh ...
  std::vector<int> towns_;     // xã, after thị
  int town_mark_;              // thị
  std::vector<int> titles_;    // ông, bà, chí
  std::vector<int> days_;      // ngày
};

}  // namespace planscribe
