// names.h: how the corpus tables write the enumerations of page.h. Private to corpus/.
#pragma once

#include <string_view>

#include "pipeline/page.h"

namespace planscribe {

std::string_view name_of(PageStatus status);
std::string_view name_of(PageOrigin origin);
std::string_view name_of(ChangeReason reason);
std::string_view name_of(RegionKind kind);

// The way back; throws Error(invalid_data) for a name that is none.
template <typename Enum>
Enum value_of_name(std::string_view name);

}  // namespace planscribe
