// JPEG 2000 through OpenJPEG, which DCMTK has no codec for.

#include "Reading.h"

#include <algorithm>
#include <cstring>
#include <memory>

// Debian names the folder after the version.
#if __has_include(<openjpeg-2.5/openjpeg.h>)
#include <openjpeg-2.5/openjpeg.h>
#elif __has_include(<openjpeg-2.4/openjpeg.h>)
#include <openjpeg-2.4/openjpeg.h>
#else
#include <openjpeg-2.3/openjpeg.h>
#endif

namespace endplate {

namespace {

/// Bytes in memory as a stream.
struct Bytes {
  const std::uint8_t *data;
  std::size_t size;
  std::size_t place;
};

OPJ_SIZE_T readBytes(void *buffer, OPJ_SIZE_T wanted, void *source) {
  auto *bytes = static_cast<Bytes *>(source);
  const std::size_t left = bytes->size - bytes->place;
  if (left == 0) return static_cast<OPJ_SIZE_T>(-1);
  const std::size_t count = std::min<std::size_t>(left, wanted);
  std::memcpy(buffer, bytes->data + bytes->place, count);
  bytes->place += count;
  return count;
}

OPJ_OFF_T skipBytes(OPJ_OFF_T wanted, void *source) {
  auto *bytes = static_cast<Bytes *>(source);
  if (wanted < 0) return -1;
  const std::size_t count = std::min<std::size_t>(bytes->size - bytes->place, static_cast<std::size_t>(wanted));
  bytes->place += count;
  return static_cast<OPJ_OFF_T>(count);
}

OPJ_BOOL seekBytes(OPJ_OFF_T place, void *source) {
  auto *bytes = static_cast<Bytes *>(source);
  if (place < 0 || static_cast<std::size_t>(place) > bytes->size) return OPJ_FALSE;
  bytes->place = static_cast<std::size_t>(place);
  return OPJ_TRUE;
}

struct Closer {
  void operator()(opj_codec_t *codec) const { opj_destroy_codec(codec); }
  void operator()(opj_image_t *image) const { opj_image_destroy(image); }
};
struct StreamCloser {
  void operator()(opj_stream_t *stream) const { opj_stream_destroy(stream); }
};

void quiet(const char *, void *) {}

}  // namespace

std::vector<std::int32_t> decodeJpeg2000(
  const std::vector<std::uint8_t> &code, std::uint32_t rows, std::uint32_t columns, bool isSigned
) {
  Bytes bytes{code.data(), code.size(), 0};
  const std::unique_ptr<opj_stream_t, StreamCloser> stream(opj_stream_default_create(OPJ_TRUE));
  const bool isFile = code.size() > 12 && std::memcmp(code.data() + 4, "jP  ", 4) == 0;
  const std::unique_ptr<opj_codec_t, Closer> codec(opj_create_decompress(isFile ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K));
  if (!stream || !codec) throw Refusal{"memory", ""};
  opj_stream_set_user_data(stream.get(), &bytes, nullptr);
  opj_stream_set_user_data_length(stream.get(), code.size());
  opj_stream_set_read_function(stream.get(), readBytes);
  opj_stream_set_skip_function(stream.get(), skipBytes);
  opj_stream_set_seek_function(stream.get(), seekBytes);
  opj_set_error_handler(codec.get(), quiet, nullptr);
  opj_set_warning_handler(codec.get(), quiet, nullptr);
  opj_set_info_handler(codec.get(), quiet, nullptr);
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  if (!opj_setup_decoder(codec.get(), &parameters)) throw Refusal{"damaged", ""};
  // A code stream that was cut is refused, not half shown.
  opj_decoder_set_strict_mode(codec.get(), OPJ_TRUE);
  opj_image_t *opened = nullptr;
  if (!opj_read_header(stream.get(), codec.get(), &opened) || opened == nullptr) throw Refusal{"damaged", ""};
  const std::unique_ptr<opj_image_t, Closer> image(opened);
  // Before anything is allocated for its pixels.
  if (image->x1 - image->x0 != columns || image->y1 - image->y0 != rows) throw Refusal{"mismatch", ""};
  if (image->numcomps != 1) throw Refusal{"color", ""};
  if (!opj_decode(codec.get(), stream.get(), image.get()) || !opj_end_decompress(codec.get(), stream.get())) {
    throw Refusal{"damaged", ""};
  }
  const opj_image_comp_t &plane = image->comps[0];
  if (plane.w != columns || plane.h != rows || plane.data == nullptr) throw Refusal{"mismatch", ""};
  std::vector<std::int32_t> values(plane.data, plane.data + std::size_t(rows) * columns);
  if (isSigned && !plane.sgnd && plane.prec < 32) {
    const std::int32_t half = 1 << (plane.prec - 1);
    for (auto &value : values) value = value >= half ? value - 2 * half : value;
  }
  return values;
}

std::string jpeg2000Version() { return opj_version(); }

}  // namespace endplate
