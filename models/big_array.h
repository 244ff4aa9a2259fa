// big_array.h: memory of zeroes in huge pages: every access is a miss of the caches, it need not be one of the page table too.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <utility>

#include "pipeline/error.h"

namespace planscribe {

// T is a plain value that zero bytes stand for.
template <typename T>
class BigArray {
 public:
  BigArray() = default;
  // Throws Error(other) when the memory cannot be had.
  explicit BigArray(size_t count) : count_(count) {
    if (count == 0) return;
    void* memory = mmap(nullptr, count * sizeof(T), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw Error(ExitCode::other, "models: out of memory; close other programs");
    madvise(memory, count * sizeof(T), MADV_HUGEPAGE);
    data_ = static_cast<T*>(memory);
  }
  ~BigArray() {
    if (data_) munmap(data_, count_ * sizeof(T));
  }
  BigArray(BigArray&& other) noexcept : data_(std::exchange(other.data_, nullptr)), count_(std::exchange(other.count_, 0)) {}
  BigArray& operator=(BigArray&& other) noexcept {
    std::swap(data_, other.data_), std::swap(count_, other.count_);
    return *this;
  }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }
  size_t size() const { return count_; }

 private:
  T* data_ = nullptr;
  size_t count_ = 0;
};

}  // namespace planscribe
