// What a PNG of a release says of itself, in a text under the keyword `Endplate`: lines of `name value…`, as the child
// writes them. Anybody can write such a text, so every value is looked at.

#include "Reading.h"

#include <cmath>
#include <cstdlib>
#include <map>
#include <sstream>

namespace endplate {

namespace {

constexpr std::size_t longestText = 4096;
constexpr std::size_t mostWindows = 16;

/// Just so many numbers of a line; none where there is anything else.
std::vector<double> numbers(const std::string &words, std::size_t count) {
  std::vector<double> found;
  const char *place = words.c_str();
  while (*place != 0 && found.size() <= count) {
    char *end = nullptr;
    const double number = std::strtod(place, &end);
    if (end == place || !std::isfinite(number) || std::abs(number) > 1e6) return {};
    found.push_back(number);
    place = end;
    while (*place == ' ') place++;
  }
  return found.size() == count && *place == 0 ? found : std::vector<double>{};
}

/// A word of small letters, digits, `_` and `-`; empty for anything else.
std::string word(const std::string &words, std::size_t most) {
  if (words.empty() || words.size() > most) return "";
  for (const char letter : words) {
    const bool isPlain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
    if (!isPlain && letter != '-') return "";
  }
  return words;
}

}  // namespace

void takeCarried(const std::string &text, Picture &picture) {
  if (text.size() > longestText) return;
  std::vector<Window> windows;
  double aspect = 1;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) continue;
    const std::string name = line.substr(0, space), words = line.substr(space + 1);
    const std::map<std::string, std::pair<double *, double>> singles = {
      {"tr", {&picture.repetition, 0}}, {"te", {&picture.echo, 0}}, {"ti", {&picture.inversion, 0}},
      {"series", {&picture.series, -1}}, {"number", {&picture.number, -1}}, {"aspect", {&aspect, 0}},
    };
    if (const auto single = singles.find(name); single != singles.end()) {
      const auto value = numbers(words, 1);
      if (!value.empty() && value[0] > single->second.second) *single->second.first = value[0];
    } else if (name == "spacing") {
      const auto value = numbers(words, 2);
      if (value.size() == 2 && value[0] > 0 && value[1] > 0) {
        picture.rowSpacing = value[0];
        picture.columnSpacing = value[1];
      }
    } else if (name == "position") {
      picture.position = numbers(words, 3);
    } else if (name == "orientation") {
      picture.orientation = numbers(words, 6);
    } else if (name == "window") {
      const auto value = numbers(words, 2);
      if (value.size() == 2 && value[1] >= 1 && windows.size() < mostWindows) windows.push_back({value[0], value[1]});
    } else if (name == "sequence") {
      picture.sequence = word(words, 32);
    } else if (name == "plane") {
      picture.plane = word(words, 16);
    } else if (name == "image") {
      picture.image = picture.instance = word(words, 64);
    } else if (name == "frame-of-reference") {
      picture.frameOfReference = word(words, 64);
    }
  }
  if (aspect >= 0.05 && aspect <= 20) picture.aspect = aspect;
  // Without one it was shown from darkest to brightest, as here.
  picture.windows = windows;
}

}  // namespace endplate
