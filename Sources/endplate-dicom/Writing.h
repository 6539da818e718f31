// Pictures of our own as files: phantoms, which are nobody's.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace endplate {

struct Sheet {
  /// `name value…` by name.
  std::map<std::string, std::string> facts;
  std::uint32_t rows = 0;
  std::uint32_t columns = 0;
  /// Row by row, 12 bits used.
  std::vector<std::uint16_t> values;
};

/// Lines of `name value…`, then `pixels` and 16-bit values, little endian, from standard input; throws `Refusal`.
Sheet readSheet();
/// To standard output; throws `Refusal`.
void writeDicom(const Sheet &sheet);
void writePng(const Sheet &sheet);

}  // namespace endplate
