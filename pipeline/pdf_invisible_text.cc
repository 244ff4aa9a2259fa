#include "pipeline/pdf_invisible_text.h"

#include <qpdf/Pl_Discard.hh>
#include <qpdf/QPDF.hh>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/pdf_covered_text.h"
#include "pipeline/pdf_first_bytes.h"

namespace planscribe {
namespace {

using Token = QPDFTokenizer::Token;

constexpr int kInvisible = 3;          // PDF 32000-1, 9.3.6
constexpr int kMaxDepth = 10;          // of forms within forms
constexpr size_t kMaxContent = 32 << 20;  // bytes that a page and its forms unpack to; more is hostile and passes as it is
constexpr size_t kMaxTokens = 5'000'000;  // of one text object; a longer one is hostile and passes as it is

bool shows_text(const std::string& op) { return op == "Tj" || op == "TJ" || op == "'" || op == "\""; }

// An operator with what stands before it: operands, white space, comments.
struct Operation {
  std::vector<Token> tokens;
  std::string op;
};

class InvisibleTextFilter : public QPDFObjectHandle::TokenFilter {
 public:
  // The first `covered` text objects are hidden by what is drawn over them.
  explicit InvisibleTextFilter(int covered = 0) : covered_(covered) {}
  bool removed() const { return removed_; }

  void handleToken(const Token& token) override {
    next_.tokens.push_back(token);
    if (token.getType() != QPDFTokenizer::tt_word && token.getType() != QPDFTokenizer::tt_inline_image) {
      if (next_.tokens.size() > kMaxTokens) write_all();
      return;
    }
    next_.op = token.getValue();
    follow(next_);
    Operation done = std::move(next_);
    next_ = {};
    take(std::move(done));
  }
  void handleEOF() override { write_all(); }

 private:
  // The rendering mode is part of the graphics state.
  void follow(const Operation& operation) {
    if (operation.op == "q") saved_modes_.push_back(mode_);
    if (operation.op == "Q" && !saved_modes_.empty()) {
      mode_ = saved_modes_.back();
      saved_modes_.pop_back();
    }
    if (operation.op == "Tr")
      for (const Token& token : operation.tokens)
        if (token.getType() == QPDFTokenizer::tt_integer) mode_ = std::atoi(token.getValue().c_str());
  }

  void take(Operation operation) {
    const std::string op = operation.op;
    if (op == "BT") {
      in_text_ = true;
      ++text_objects_;
    }
    if (shows_text(op)) (mode_ == kInvisible || text_objects_ <= covered_ ? hidden_ : shown_) = true;
    held_tokens_ += operation.tokens.size();
    object_.push_back(std::move(operation));
    if (op == "ET" || !in_text_ || held_tokens_ > kMaxTokens) write_object();
    if (op == "ET") in_text_ = false;
  }

  void write_object() {
    const bool drop = in_text_ && hidden_ && !shown_ && held_tokens_ <= kMaxTokens;
    for (const Operation& operation : object_) drop ? write_without_text(operation) : write(operation);
    removed_ |= drop;
    object_.clear();
    held_tokens_ = 0;
    hidden_ = shown_ = false;
  }

  void write_all() {
    write_object();
    write(next_);
    next_ = {};
  }

  void write(const Operation& operation) {
    for (const Token& token : operation.tokens) writeToken(token);
  }

  // word-space character-space string " also sets the spaces, for all text to come.
  void write_without_text(const Operation& operation) {
    if (!shows_text(operation.op)) return write(operation);
    if (operation.op != "\"") return;
    std::vector<std::string> numbers;
    for (const Token& token : operation.tokens)
      if (token.getType() == QPDFTokenizer::tt_integer || token.getType() == QPDFTokenizer::tt_real) numbers.push_back(token.getValue());
    if (numbers.size() == 2) write_text(" " + numbers[0] + " Tw " + numbers[1] + " Tc");
  }
  void write_text(const std::string& text) { QPDFObjectHandle::TokenFilter::write(text); }

  std::vector<int> saved_modes_;
  int mode_ = 0, covered_ = 0, text_objects_ = 0;
  bool in_text_ = false, hidden_ = false, shown_ = false, removed_ = false;
  Operation next_;
  std::vector<Operation> object_;  // since BT
  size_t held_tokens_ = 0;
};

// Takes the size of the content from the bytes that may still be looked through; false when they do not suffice.
bool take_size(QPDFPageObjectHelper& content, size_t& bytes_left) {
  const size_t size = first_content(content, bytes_left + 1).size();
  const bool enough = size <= bytes_left;
  bytes_left -= std::min(size, bytes_left);
  return enough;
}

// Whether the filter would take something out of the page or form.
bool has_invisible_text(QPDFPageObjectHelper& content, int covered = 0) {
  InvisibleTextFilter filter(covered);
  Pl_Discard nowhere;
  content.filterContents(&filter, &nowhere);
  return filter.removed();
}

// The forms below a page. Each is looked at once, however often and in whatever circles forms name each other.
class FormCleaner {
 public:
  explicit FormCleaner(size_t bytes_left) : bytes_left_(bytes_left) {}
  // Replaces the forms that have invisible text; dictionaries are copied before they are changed. True when any had.
  bool clean(QPDFObjectHandle owner, QPDFObjectHandle resources, int depth = 0) {
    QPDFObjectHandle objects = resources.isDictionary() ? resources.getKey("/XObject") : QPDFObjectHandle::newNull();
    if (depth > kMaxDepth || !objects.isDictionary()) return false;
    std::map<std::string, QPDFObjectHandle> changed;
    for (const std::string& name : objects.getKeys()) {
      QPDFObjectHandle object = objects.getKey(name);
      if (!object.isFormXObject()) continue;
      QPDFObjectHandle clean = clean_form(object, depth);
      if (clean.getObjGen() != object.getObjGen()) changed.emplace(name, clean);
    }
    if (changed.empty()) return false;
    QPDFObjectHandle new_objects = objects.shallowCopy(), new_resources = resources.shallowCopy();
    for (auto& [name, clean] : changed) new_objects.replaceKey(name, clean);
    new_resources.replaceKey("/XObject", new_objects);
    owner.replaceKey("/Resources", new_resources);
    return true;
  }

 private:
  // The form without invisible text: itself when it has none, else a copy.
  QPDFObjectHandle clean_form(QPDFObjectHandle form, int depth) {
    const auto [known, is_new] = cleaned_.try_emplace(form.getObjGen(), form);
    if (!is_new) return known->second;
    QPDFPageObjectHelper helper(form);
    if (!take_size(helper, bytes_left_)) return form;
    const bool own_text = has_invisible_text(helper);
    QPDFObjectHandle copy = form.copyStream();  // not written unless something refers to it
    const bool inner_text = clean(copy.getDict(), copy.getDict().getKey("/Resources"), depth + 1);
    if (own_text) copy.addTokenFilter(std::make_shared<InvisibleTextFilter>());
    return cleaned_[form.getObjGen()] = own_text || inner_text ? copy : form;
  }

  size_t bytes_left_;
  std::map<QPDFObjGen, QPDFObjectHandle> cleaned_;
};

}  // namespace

bool remove_invisible_text(QPDFPageObjectHelper& page) {
  size_t bytes_left = kMaxContent;
  if (!take_size(page, bytes_left)) return false;
  const int covered = covered_text_objects(page);
  const bool own_text = has_invisible_text(page, covered);
  if (own_text) {
    QPDFObjectHandle contents = page.getObjectHandle().getKey("/Contents");  // may be another page's too
    if (contents.isStream()) page.getObjectHandle().replaceKey("/Contents", contents.copyStream());
    page.addContentTokenFilter(std::make_shared<InvisibleTextFilter>(covered));
  }
  const bool form_text = FormCleaner(bytes_left).clean(page.getObjectHandle(), page.getAttribute("/Resources", false));
  return own_text || form_text;
}

}  // namespace planscribe
