// inputs.h: the files and folders named on the command line -> the documents to read, in a stable order.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace planscribe {

struct InputDocument {
  std::string path;  // as given, or folder + "/" + what was found in it
  std::string name;  // for text/NAME.txt: relative to the folder, without suffix; name_texts() makes it unique
};

struct InputList {
  std::vector<InputDocument> documents;
  std::vector<std::string> ignored;  // found in folders: files of no kind planscribe reads, hidden ones, links, own outputs
  std::vector<std::pair<std::string, std::string>> unreadable;  // path and reason: folders, pipes, names that are not UTF-8
};

// Folders are walked in byte order of the path, below them only files with a known suffix; exclude is not entered (the
// output folder), nor is text/ beside a corpus.db, which an earlier run wrote. Links are not followed. Throws
// Error(file_access) for a path that does not exist and a folder named here that cannot be read.
InputList list_inputs(const std::vector<std::string>& paths, const std::string& exclude);

// Documents that have a name (path -> name) keep it; the others get one that nobody has: plan, plan~2, plan~3 ... in the
// order of the inputs.
void name_texts(std::vector<InputDocument>& documents, const std::map<std::string, std::string>& named);

}  // namespace planscribe
