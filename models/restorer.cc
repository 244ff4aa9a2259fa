#include "models/restorer.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "models/document.h"
#include "models/fluency.h"
#include "models/language.h"
#include "models/letters.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr float kLightThreshold = 3;  // nats a word of a good reading must gain before it is changed
constexpr float kCleanThreshold = 9;  // the same in a text without visible errors
constexpr SearchLimits kLightLimits = {12, 12, 80, 8};
constexpr double kClean = 0.01;       // share of broken words up to which a text counts as clean

// The checksums of the binary models and the bytes of the text files beside them.
uint64_t hash_of(const std::string& folder, const std::array<uint64_t, 2>& models) {
  std::string bytes(reinterpret_cast<const char*>(models.data()), sizeof models);
  for (const char* name : {"/confusions.foreign.tsv", "/confusions.vietnamese.tsv", "/lexicon/abbreviations.txt",
                           "/lexicon/syllables.txt", "/lexicon/foreign_words.txt", "/lexicon/family_names.txt",
                           "/lexicon/middle_names.txt", "/lexicon/place_names.txt"}) {
    std::ifstream file(folder + name, std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  bytes.resize((bytes.size() + 7) / 8 * 8);
  return model_checksum(bytes.data(), bytes.size());
}

}  // namespace

struct Restorer::Impl {
  explicit Impl(const std::string& folder)
      : model(folder + "/vi.lm", NgramModel::Unfinished()),
        rescorer(folder + "/vi.rescore", model),
        lexicon(model, folder),
        names(lexicon, folder),
        foreign(folder + "/confusions.foreign.tsv"),
        vietnamese(folder + "/confusions.vietnamese.tsv"),
        foreign_words(lexicon, foreign, {}),
        vietnamese_words(lexicon, vietnamese, kLightLimits) {
    char text[40];
    std::snprintf(text, sizeof text, "vi-%016llx", static_cast<unsigned long long>(hash_of(folder, {model.checksum(), rescorer.checksum()})));
    version = text;
    model.finish();
  }

  NgramModel model;
  Rescorer rescorer;
  Lexicon lexicon;
  Names names;
  Confusions foreign, vietnamese;
  CandidateFinder foreign_words, vietnamese_words;
  std::string version;
};

Restorer::Restorer(const std::string& folder) : impl_(std::make_unique<Impl>(folder)) {}
Restorer::~Restorer() = default;
Restorer::Restorer(Restorer&&) noexcept = default;

std::vector<RestoredLine> Restorer::restore(const std::vector<LineInput>& lines, Channel channel) const {
  Document document(impl_->model, impl_->lexicon, impl_->names, lines);
  const TextCounts& counts = document.counts();
  Damage damage = damage_of(counts);
  if (channel == Channel::vietnamese) damage = Damage::light;
  if (channel == Channel::foreign && damage == Damage::light) damage = Damage::foreign;
  std::optional<Lost> lost;
  if (channel == Channel::automatic && damage != Damage::marks) lost = lost_marks(counts);
  if (lost) damage = Damage::marks;
  if (damage != Damage::light) return document.restore(lines, impl_->foreign_words, impl_->rescorer, {damage, 0, lost.value_or(Lost::marks)});
  double broken = counts.words ? 1 - static_cast<double>(counts.valid) / static_cast<double>(counts.words) : 0;
  bool clean = channel == Channel::automatic && broken <= kClean;
  Document::Treatment treatment = {damage, clean ? kCleanThreshold : kLightThreshold};
  treatment.lines_without_marks = channel == Channel::automatic;
  return document.restore(lines, impl_->vietnamese_words, impl_->rescorer, treatment);
}

Restorer::Health Restorer::health(const std::string& text) const {
  TextCounts counts;
  counts.add(decode(to_nfc(text)), impl_->lexicon);
  Health out;
  if (counts.words == 0) return out;
  out.words = static_cast<int>(counts.words);
  out.valid_share = static_cast<double>(counts.valid) / static_cast<double>(counts.words);
  out.marked_share = counts.letters ? static_cast<double>(counts.marked) / static_cast<double>(counts.letters) : 0;
  return out;
}

double Restorer::cost(const std::string& text) const { return text_cost(impl_->model, decode(to_nfc(text))); }

const std::string& Restorer::version() const { return impl_->version; }

}  // namespace planscribe
