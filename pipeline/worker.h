// worker.h: the worker process: does one task after another until its input ends.
//
// Tasks and answers (JSON):
//   {task: "inspect", path}                     -> {pages: [key, ...]}                       cache keys, one a page
//   {task: "page", path, number}                -> {page: {...}}
//   {task: "finish", path, sha256, pages: []}   -> {pages: [...], record: {...}, record_json, text: [...]}
//   any of them                                 -> {error, code}
// The first message a worker sends is {hello: {reading, extraction}} or {error, code}.
#pragma once

#include "pipeline/process.h"

namespace planscribe {

struct WorkerLimits {
  long memory_mb = 2048;  // address space; beyond it an allocation fails and the page with it
};

// Runs on stdin and stdout; returns the exit code of the process.
int run_worker(const ProcessOptions& options, const WorkerLimits& limits);

}  // namespace planscribe
