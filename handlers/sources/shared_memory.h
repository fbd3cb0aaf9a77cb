#pragma once

#include <cstddef>

namespace portal {

/// Zeroed memory that all workers share, made before the fork, and places in it that one process
/// at a time may have.
class SharedMemory {
 public:
    /// `name` shows in /proc. Without bytes there is no memory. Throws std::system_error.
    SharedMemory(const char* name, std::size_t bytes);
    ~SharedMemory();
    SharedMemory(const SharedMemory&) = delete;
    SharedMemory& operator=(const SharedMemory&) = delete;

    [[nodiscard]] void* data() const { return memory_; }

    /// A place for one process alone, if no other has it now: a record lock, which the kernel takes
    /// back when the process ends. Of the processes, not of the threads in one.
    class Lock {
     public:
        Lock(const SharedMemory& memory, std::size_t place);
        ~Lock();
        Lock(const Lock&) = delete;
        Lock& operator=(const Lock&) = delete;

        [[nodiscard]] bool held() const { return held_; }

     private:
        [[nodiscard]] bool set(short kind) const;

        int file_;
        std::size_t place_;
        bool held_;
    };

 private:
    std::size_t bytes_;
    int file_ = -1;
    void* memory_ = nullptr;
};

}  // namespace portal
