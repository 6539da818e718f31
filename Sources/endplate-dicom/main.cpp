// endplate-dicom read FILE [FRAME]: reads one picture of a DICOM or PNG file, in a process of its own.
// endplate-dicom write dicom|png: writes a picture that comes on standard input.
// endplate-dicom versions: says in a line which libraries it has.
//
// Writes lines of `name value…`, then `pixels` and the stored values as 32-bit numbers, little endian. A file that is not
// shown is one line, `refused WORD`, and exit code 2. Files are hostile: memory, time and the number of files are limited
// before one is opened, and a parser that crashes takes nothing with it.

#include "Reading.h"
#include "Writing.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr rlim_t memory = 1ull << 30;
constexpr rlim_t seconds = 10;

void limit(int resource, rlim_t value) {
  const rlimit both{value, value};
  setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

/// A stack that overflowed cannot be caught; what nests so deep is refused.
extern "C" void crashed(int) {
  const char words[] = "refused nested\n";
  (void)!write(STDOUT_FILENO, words, sizeof words - 1);
  _exit(2);
}

void watchStack() {
  static char room[1 << 16];
  const stack_t other{room, 0, sizeof room};
  sigaltstack(&other, nullptr);
  struct sigaction action {};
  action.sa_handler = crashed;
  action.sa_flags = SA_ONSTACK;
  sigaction(SIGSEGV, &action, nullptr);
  sigaction(SIGBUS, &action, nullptr);
}

int refuse(const endplate::Refusal &refusal) {
  std::printf("refused %s%s%s\n", refusal.word.c_str(), refusal.detail.empty() ? "" : " ", refusal.detail.c_str());
  return 2;
}

enum class Kind { dicom, png };

/// By what it begins with, whatever its name.
Kind kind(const char *path) {
  struct stat facts {};
  if (stat(path, &facts) != 0 || !S_ISREG(facts.st_mode)) throw endplate::Refusal{"unreadable", ""};
  if (facts.st_size == 0) throw endplate::Refusal{"empty", ""};
  if (static_cast<std::uint64_t>(facts.st_size) > endplate::largestFile) throw endplate::Refusal{"size", ""};
  unsigned char head[132] = {};
  std::FILE *file = std::fopen(path, "rb");
  if (file == nullptr) throw endplate::Refusal{"unreadable", ""};
  const std::size_t length = std::fread(head, 1, sizeof head, file);
  std::fclose(file);
  if (length >= 8 && std::memcmp(head, "\x89PNG\r\n\x1a\n", 8) == 0) {
    const std::string name = path;
    const bool saysDicom = name.size() > 4 && name.compare(name.size() - 4, 4, ".dcm") == 0;
    if (saysDicom) throw endplate::Refusal{"named", ""};
    return Kind::png;
  }
  if (length == sizeof head && std::memcmp(head + 128, "DICM", 4) == 0) return Kind::dicom;
  throw endplate::Refusal{"neither", ""};
}

void put(const char *name, const std::vector<double> &values) {
  if (values.empty()) return;
  std::printf("%s", name);
  // All digits: what is read again is the same number.
  for (const double value : values) std::printf(" %.17g", value);
  std::printf("\n");
}

void put(const endplate::Picture &picture) {
  std::printf("syntax %s\nrows %u\ncolumns %u\n", picture.syntax.c_str(), picture.rows, picture.columns);
  std::printf("frames %u\nframe %u\n", picture.frames, picture.frame);
  if (picture.isInverted) std::printf("inverted\n");
  put("rescale", {picture.slope, picture.intercept});
  for (const auto &window : picture.windows) put("window", {window.center, window.width});
  if (picture.rowSpacing > 0) put("spacing", {picture.rowSpacing, picture.columnSpacing});
  put("aspect", {picture.aspect});
  put("position", picture.position);
  put("orientation", picture.orientation);
  if (picture.repetition > 0) put("tr", {picture.repetition});
  if (picture.echo > 0) put("te", {picture.echo});
  if (picture.inversion > 0) put("ti", {picture.inversion});
  if (picture.hasContrast) std::printf("contrast\n");
  if (picture.mayHaveText) std::printf("text\n");
  if (picture.series >= 0) put("series", {picture.series});
  if (picture.number >= 0) put("number", {picture.number});
  if (!picture.sequence.empty()) std::printf("sequence %s\n", picture.sequence.c_str());
  if (!picture.plane.empty()) std::printf("plane %s\n", picture.plane.c_str());
  if (!picture.image.empty()) std::printf("image %s\n", picture.image.c_str());
  if (!picture.instance.empty()) std::printf("instance %s\n", picture.instance.c_str());
  if (!picture.frameOfReference.empty()) std::printf("frame-of-reference %s\n", picture.frameOfReference.c_str());
  std::printf("pixels\n");
  std::fwrite(picture.values.data(), sizeof(std::int32_t), picture.values.size(), stdout);
}

}  // namespace

namespace {

void read(const char *path, std::uint32_t frame) {
  put(kind(path) == Kind::png ? endplate::readPng(path) : endplate::readDicom(path, frame));
}

/// False where the arguments are none that the program takes.
bool run(int count, char **arguments) {
  const std::string verb = count > 1 ? arguments[1] : "";
  if (verb == "versions" && count == 2) {
    const std::string dicom = endplate::dicomVersion(), jpeg = endplate::jpeg2000Version(), png = endplate::pngVersion();
    std::printf("DCMTK %s, OpenJPEG %s, libpng %s\n", dicom.c_str(), jpeg.c_str(), png.c_str());
    return true;
  }
  if (verb == "read" && (count == 3 || count == 4)) {
    read(arguments[2], count == 4 ? static_cast<std::uint32_t>(std::strtoul(arguments[3], nullptr, 10)) : 0);
    return true;
  }
  if (verb != "write" || count != 3) return false;
  const std::string format = arguments[2];
  if (format == "dicom") endplate::writeDicom(endplate::readSheet());
  if (format == "png") endplate::writePng(endplate::readSheet());
  return format == "dicom" || format == "png";
}

}  // namespace

int main(int count, char **arguments) {
  limit(RLIMIT_AS, memory);
  limit(RLIMIT_CPU, seconds);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  watchStack();
  try {
    if (!run(count, arguments)) {
      std::fprintf(stderr, "endplate-dicom is started by endplate; see `endplate guide images`\n");
      return 64;
    }
    return std::fflush(stdout) == 0 ? 0 : 74;
  } catch (const endplate::Refusal &refusal) {
    return refuse(refusal);
  } catch (const std::bad_alloc &) {
    return refuse({"memory", ""});
  } catch (...) {
    return refuse({"damaged", ""});
  }
}
