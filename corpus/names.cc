#include "corpus/names.h"

#include <string>
#include <utility>

#include "pipeline/error.h"

namespace planscribe {
namespace {

template <typename Enum>
using Names = std::pair<Enum, std::string_view>;

constexpr Names<PageStatus> kStatuses[] = {
    {PageStatus::read, "read"}, {PageStatus::blank, "blank"}, {PageStatus::failed, "failed"}};
constexpr Names<PageOrigin> kOrigins[] = {{PageOrigin::ocr, "ocr"},
                                          {PageOrigin::text_layer, "text_layer"},
                                          {PageOrigin::plain_text, "plain_text"},
                                          {PageOrigin::untrusted_layer, "untrusted_layer"}};
constexpr Names<ChangeReason> kReasons[] = {
    {ChangeReason::none, "none"},   {ChangeReason::mark, "mark"},     {ChangeReason::letter, "letter"},
    {ChangeReason::split, "split"}, {ChangeReason::join, "join"},     {ChangeReason::number, "number"},
    {ChangeReason::name, "name"}};
constexpr Names<RegionKind> kKinds[] = {{RegionKind::head_left, "head_left"},
                                        {RegionKind::head_right, "head_right"},
                                        {RegionKind::title, "title"},
                                        {RegionKind::body, "body"},
                                        {RegionKind::table, "table"},
                                        {RegionKind::recipients, "recipients"},
                                        {RegionKind::signature, "signature"},
                                        {RegionKind::page_number, "page_number"},
                                        {RegionKind::stamp, "stamp"},
                                        {RegionKind::margin, "margin"}};

template <typename Enum, size_t N>
std::string_view find_name(const Names<Enum> (&names)[N], Enum value) {
  for (const auto& [known, name] : names)
    if (known == value) return name;
  return "";
}

template <typename Enum, size_t N>
Enum find_value(const Names<Enum> (&names)[N], std::string_view name) {
  for (const auto& [value, known] : names)
    if (known == name) return value;
  throw Error(ExitCode::invalid_data, "corpus: unknown value '" + std::string(name) + "'; the file is damaged");
}

}  // namespace

std::string_view name_of(PageStatus status) { return find_name(kStatuses, status); }
std::string_view name_of(PageOrigin origin) { return find_name(kOrigins, origin); }
std::string_view name_of(ChangeReason reason) { return find_name(kReasons, reason); }
std::string_view name_of(RegionKind kind) { return find_name(kKinds, kind); }

template <>
PageStatus value_of_name(std::string_view name) {
  return find_value(kStatuses, name);
}
template <>
PageOrigin value_of_name(std::string_view name) {
  return find_value(kOrigins, name);
}
template <>
ChangeReason value_of_name(std::string_view name) {
  return find_value(kReasons, name);
}
template <>
RegionKind value_of_name(std::string_view name) {
  return find_value(kKinds, name);
}

}  // namespace planscribe
