#pragma once

#include <optional>
#include <string_view>

#include "handlers/sources/ldap/directory.h"

namespace portal::ldap {

/// What one `ccResource` value grants on this cluster. The value is `x:NAME:key=number:...`; NAME
/// must be `storage` (its keys are project_storage_tb and nearline_storage_tb in units of 1024^4
/// bytes, inode_quota in millions) or `compute` followed by `-compute` (core_equivalent) or `-gpu`
/// (gpu_equivalent). Empty optional if it belongs to something else, has expired or has not begun.
/// Fields that are no `key=number`, unknown keys and negative numbers are passed over; of storage
/// it is kept that it was named, and the log tells the value.
[[nodiscard]] std::optional<AllocatedResources> parse_cc_resource(std::string_view value,
                                                                  std::string_view storage,
                                                                  std::string_view compute);

/// Adds what another value of the same allocation grants; of a number given twice the larger one
/// holds.
void merge_resources(AllocatedResources& into, const AllocatedResources& other);

}  // namespace portal::ldap
