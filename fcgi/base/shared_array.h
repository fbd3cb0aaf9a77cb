#pragma once

#include <sys/mman.h>

#include <cerrno>
#include <cstddef>
#include <memory>
#include <new>
#include <system_error>
#include <type_traits>

namespace portal {

/// Objects that this process shares with those it forks later: what one writes all see. They hold
/// atomics only; there are no locks that a process could die with.
template <class T>
class SharedArray {
 public:
    /// Throws std::system_error if there is no memory.
    explicit SharedArray(std::size_t count) : count_(count) {
        static_assert(std::is_trivially_destructible_v<T>);
        void* const memory =
            mmap(nullptr, bytes(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
        first_ = static_cast<T*>(memory);
        std::uninitialized_value_construct_n(first_, count_);
    }
    ~SharedArray() { munmap(first_, bytes()); }
    SharedArray(const SharedArray&) = delete;
    SharedArray& operator=(const SharedArray&) = delete;

    /// Writing is for whoever holds the array: the memory is everybody's.
    [[nodiscard]] T& operator[](std::size_t index) const { return first_[index]; }
    [[nodiscard]] std::size_t size() const { return count_; }
    [[nodiscard]] T* begin() const { return first_; }
    [[nodiscard]] T* end() const { return first_ + count_; }

 private:
    [[nodiscard]] std::size_t bytes() const { return (count_ > 0 ? count_ : 1) * sizeof(T); }

    std::size_t count_;
    T* first_ = nullptr;
};

}  // namespace portal
