// Grey pictures of PNG files through libpng.

#include "Reading.h"

#include <csetjmp>
#include <cstdio>
#include <memory>

#include <png.h>

namespace endplate {

namespace {

struct FileCloser {
  void operator()(std::FILE *file) const { std::fclose(file); }
};

/// libpng leaves by longjmp; nothing with a destructor may be made between the two.
struct Reader {
  png_structp png = nullptr;
  png_infop info = nullptr;
  ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }
};

void fail(png_structp png, png_const_charp) { png_longjmp(png, 1); }
void quiet(png_structp, png_const_charp) {}

bool readHeader(Reader &reader, std::FILE *file) {
  if (setjmp(png_jmpbuf(reader.png))) return false;
  png_init_io(reader.png, file);
  // Profiles and other chunks are not read, and of the texts one alone is looked at.
  png_set_keep_unknown_chunks(reader.png, PNG_HANDLE_CHUNK_NEVER, nullptr, 0);
  png_set_user_limits(reader.png, 0x7FFFFFFF, 0x7FFFFFFF);
  png_read_info(reader.png, reader.info);
  return true;
}

/// The text under our own keyword; empty where there is none.
std::string carried(const Reader &reader) {
  png_textp texts = nullptr;
  int count = 0;
  png_get_text(reader.png, reader.info, &texts, &count);
  for (int index = 0; index < count; index++) {
    const png_text &text = texts[index];
    const bool isPlain = text.compression == PNG_TEXT_COMPRESSION_NONE;
    if (isPlain && std::string(text.key) == "Endplate") return std::string(text.text, text.text_length);
  }
  return "";
}

bool readRows(Reader &reader, png_bytepp rows) {
  if (setjmp(png_jmpbuf(reader.png))) return false;
  png_read_image(reader.png, rows);
  png_read_end(reader.png, nullptr);
  return true;
}

}  // namespace

Picture readPng(const std::string &path) {
  const std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path.c_str(), "rb"));
  if (!file) throw Refusal{"unreadable", ""};
  Reader reader;
  reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, fail, quiet);
  if (reader.png != nullptr) reader.info = png_create_info_struct(reader.png);
  if (reader.info == nullptr) throw Refusal{"memory", ""};
  if (!readHeader(reader, file.get())) throw Refusal{"damaged", ""};
  Picture picture;
  picture.columns = png_get_image_width(reader.png, reader.info);
  picture.rows = png_get_image_height(reader.png, reader.info);
  if (picture.columns > largestSide || picture.rows > largestSide) throw Refusal{"size", ""};
  const int type = png_get_color_type(reader.png, reader.info);
  const int depth = png_get_bit_depth(reader.png, reader.info);
  if (type != PNG_COLOR_TYPE_GRAY) throw Refusal{"color", ""};
  if (depth != 8 && depth != 16) throw Refusal{"depth", std::to_string(depth)};
  const std::size_t bytes = depth / 8;
  std::vector<std::uint8_t> pixels(std::size_t(picture.rows) * picture.columns * bytes);
  std::vector<png_bytep> rows(picture.rows);
  for (std::size_t row = 0; row < rows.size(); row++) rows[row] = pixels.data() + row * picture.columns * bytes;
  if (!readRows(reader, rows.data())) throw Refusal{"truncated", ""};
  picture.values.resize(std::size_t(picture.rows) * picture.columns);
  for (std::size_t index = 0; index < picture.values.size(); index++) {
    picture.values[index] =
      bytes == 1 ? pixels[index] : (pixels[2 * index] << 8 | pixels[2 * index + 1]);
  }
  const double white = depth == 8 ? 255 : 65535;
  picture.windows.push_back({white / 2, white});
  const std::string text = carried(reader);
  if (!text.empty()) takeCarried(text, picture);
  // A picture of a screen may say a name.
  picture.mayHaveText = true;
  picture.syntax = "png";
  return picture;
}

std::string pngVersion() { return png_get_libpng_ver(nullptr); }

}  // namespace endplate
