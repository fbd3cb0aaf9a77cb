#include "handlers/sources/shared_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace portal {
namespace {

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

SharedMemory::SharedMemory(const char* name, std::size_t bytes) : bytes_(bytes) {
    if (bytes == 0) return;
    file_ = memfd_create(name, MFD_CLOEXEC);
    if (file_ < 0) fail("memfd_create");
    if (ftruncate(file_, static_cast<off_t>(bytes)) != 0) fail("ftruncate");
    memory_ = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file_, 0);
    if (memory_ == MAP_FAILED) fail("mmap");
}

SharedMemory::~SharedMemory() {
    if (memory_ != nullptr) munmap(memory_, bytes_);
    if (file_ >= 0) close(file_);
}

SharedMemory::Lock::Lock(const SharedMemory& memory, std::size_t place)
    : file_(memory.file_), place_(place), held_(set(F_WRLCK)) {}

SharedMemory::Lock::~Lock() {
    if (held_) static_cast<void>(set(F_UNLCK));
}

bool SharedMemory::Lock::set(short kind) const {
    struct flock record {};
    record.l_type = kind;
    record.l_whence = SEEK_SET;
    record.l_start = static_cast<off_t>(place_);
    record.l_len = 1;
    return fcntl(file_, F_SETLK, &record) == 0;
}

}  // namespace portal
