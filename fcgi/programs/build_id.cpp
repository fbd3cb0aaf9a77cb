#include "fcgi/programs/build_id.h"

#include <elf.h>
#include <link.h>

#include <string_view>

#include "fcgi/base/text.h"

namespace portal {
namespace {

constexpr std::size_t padded(std::size_t size) {
    return (size + 3U) & ~std::size_t{3};
}

/// The id in a note segment; empty if it is not there.
std::string id_in_notes(std::string_view notes) {
    while (notes.size() >= sizeof(ElfW(Nhdr))) {
        ElfW(Nhdr) head{};
        notes.copy(reinterpret_cast<char*>(&head), sizeof head);
        const std::size_t name = sizeof head;
        const std::size_t content = name + padded(head.n_namesz);
        const std::size_t end = content + padded(head.n_descsz);
        if (end > notes.size()) break;
        if (head.n_type == NT_GNU_BUILD_ID && notes.substr(name, 3) == "GNU") {
            return text::hex(notes.substr(content, head.n_descsz));
        }
        notes.remove_prefix(end);
    }
    return {};
}

/// Called for the program first, then for its libraries, which do not matter.
int look_at(dl_phdr_info* object, std::size_t /*size*/, void* result) {
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const ElfW(Phdr)& segment = object->dlpi_phdr[i];
        if (segment.p_type != PT_NOTE) continue;
        // NOLINTNEXTLINE(performance-no-int-to-ptr): the loader gives addresses as numbers
        const auto* begin = reinterpret_cast<const char*>(object->dlpi_addr + segment.p_vaddr);
        const std::string found = id_in_notes({begin, segment.p_memsz});
        if (!found.empty()) *static_cast<std::string*>(result) = found;
    }
    return 1;
}

}  // namespace

std::string build_id() {
    std::string id;
    dl_iterate_phdr(&look_at, &id);
    return id;
}

}  // namespace portal
