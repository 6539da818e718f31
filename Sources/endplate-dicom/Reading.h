// What the child reads of a file: pixels and an allow-list of values. Nothing else of a header leaves it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace endplate {

/// The largest side of a picture, and the most bytes of a file and of its decoded pixels.
constexpr std::uint32_t largestSide = 4096;
constexpr std::uint64_t largestFile = 256ull << 20;
constexpr std::uint64_t largestPixels = 256ull << 20;
constexpr std::uint32_t mostFrames = 2000;

/// Why a file is not shown: a word of a fixed list, and at most a number or a UID.
struct Refusal {
  std::string word;
  std::string detail;
};

struct Window {
  double center;
  double width;
};

/// One frame with its stored values and what is needed to show and to place it.
struct Picture {
  std::uint32_t rows = 0;
  std::uint32_t columns = 0;
  /// Row by row, sign extended.
  std::vector<std::int32_t> values;
  std::uint32_t frames = 1;
  std::uint32_t frame = 0;
  bool isInverted = false;
  double slope = 1;
  double intercept = 0;
  std::vector<Window> windows;
  /// Millimetres between rows and between columns; 0 where there are none.
  double rowSpacing = 0;
  double columnSpacing = 0;
  /// Height of a pixel against its width, where there are no millimetres.
  double aspect = 1;
  /// Empty, or three and six numbers (LPS, millimetres).
  std::vector<double> position;
  std::vector<double> orientation;
  /// Milliseconds; 0 where not stated.
  double repetition = 0;
  double echo = 0;
  double inversion = 0;
  bool hasContrast = false;
  bool mayHaveText = false;
  /// -1 where not stated.
  double series = -1;
  double number = -1;
  /// Of a PNG that Endplate wrote: which series and plane, and its id; empty elsewhere.
  std::string sequence;
  std::string plane;
  std::string image;
  std::string instance;
  std::string frameOfReference;
  std::string syntax;
};

/// Of the libraries that parse.
std::string dicomVersion();
std::string jpeg2000Version();
std::string pngVersion();

/// Throws `Refusal`.
Picture readDicom(const std::string &path, std::uint32_t frame);
Picture readPng(const std::string &path);
/// Takes what a PNG of a release says of itself, line by line; lines that are not of the list are left out.
void takeCarried(const std::string &text, Picture &picture);
/// Decodes one frame of JPEG 2000; throws `Refusal` where it is not of the size that the header says.
std::vector<std::int32_t> decodeJpeg2000(
  const std::vector<std::uint8_t> &code, std::uint32_t rows, std::uint32_t columns, bool isSigned);

}  // namespace endplate
