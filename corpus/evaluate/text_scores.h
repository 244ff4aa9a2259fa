// text_scores.h: how far a text is from the truth.
//
// Both are NFC, without soft hyphens, every run of white space one blank. Distances are Levenshtein's.
//   cer, wer     distance / length of the truth, over characters (code points) and over words
//   *_blocks     the same after runs of words were moved to where the truth has them, as long as that brings the words
//                nearer: reading errors alone, without the order in which columns were read. For texts below 4000 words
//                that are neither equal nor hopeless (60 % of the words wrong); others count as they are
//   f1           of the words as a bag
//   wer_blind    word errors without case and marks: what no restoration of marks could mend
//   syllables    share of the truth's words (in Vietnamese: syllables) that an optimal alignment finds unchanged
//   diacritics   share of the truth's letters with a mark (đ too) that an optimal alignment of characters finds unchanged
#pragma once

#include <string>

namespace planscribe {

// Counts; those of several texts add up to the scores of all.
struct TextErrors {
  long characters = 0, words = 0, read_words = 0;
  long character_errors = 0, word_errors = 0, character_errors_blocks = 0, word_errors_blocks = 0, blind_errors = 0;
  long words_in_both = 0, words_kept = 0, marked = 0, marked_kept = 0;
  TextErrors& operator+=(const TextErrors& other);
};

struct TextScores {
  double cer = 0, wer = 0, cer_blocks = 0, wer_blocks = 0, f1 = 0, wer_blind = 0, syllables = 0, diacritics = 0;
};

TextErrors compare_texts(const std::string& truth, const std::string& text);
TextScores scores_of(const TextErrors& counts);  // 0 where the truth has nothing to count

}  // namespace planscribe
