#pragma once

#include <string>

#include "fcgi/base/units.h"

namespace portal::prolog {

/// A lock of one process at a time, on a file that it makes; given back when the process ends,
/// however.
class FileLock {
 public:
    explicit FileLock(const std::string& path);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

    /// False if another process has it, or if the file cannot be made.
    [[nodiscard]] bool take() const;
    /// The same after waiting for it, this long at most.
    [[nodiscard]] bool take_within(Milliseconds patience) const;
    void release() const;

 private:
    int fd_;
};

}  // namespace portal::prolog
