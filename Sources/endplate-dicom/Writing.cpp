// Writes a picture as a DICOM file of an MR image, or as a PNG of 16 bits.

#include "Writing.h"

#include "Reading.h"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmdata/dcostrmb.h>
#include <png.h>

namespace endplate {

namespace {

std::string fact(const Sheet &sheet, const char *name) {
  const auto found = sheet.facts.find(name);
  return found == sheet.facts.end() ? "" : found->second;
}

/// Several numbers as DICOM parts them.
std::string parted(std::string text) {
  for (auto &letter : text) letter = letter == ' ' ? '\\' : letter;
  return text;
}

void put(DcmItem &item, const DcmTagKey &tag, const std::string &value) {
  if (!value.empty() && item.putAndInsertString(tag, value.c_str()).bad()) throw Refusal{"damaged", ""};
}

void put(DcmItem &item, const DcmTagKey &tag, Uint16 value) {
  if (item.putAndInsertUint16(tag, value).bad()) throw Refusal{"damaged", ""};
}

void putFacts(DcmDataset &set, const Sheet &sheet) {
  const std::pair<DcmTagKey, const char *> facts[] = {
    {DCM_SOPInstanceUID, "instance-uid"}, {DCM_StudyInstanceUID, "study-uid"}, {DCM_SeriesInstanceUID, "series-uid"},
    {DCM_FrameOfReferenceUID, "frame-uid"}, {DCM_SeriesNumber, "series"}, {DCM_InstanceNumber, "number"},
    {DCM_SeriesDescription, "description"}, {DCM_ImageComments, "mark"}, {DCM_PatientID, "patient"},
    {DCM_RepetitionTime, "tr"}, {DCM_EchoTime, "te"}, {DCM_InversionTime, "ti"}, {DCM_ContrastBolusAgent, "contrast"},
    {DCM_ScanningSequence, "kind"}, {DCM_SliceThickness, "thickness"},
  };
  for (const auto &[tag, name] : facts) put(set, tag, fact(sheet, name));
  const std::pair<DcmTagKey, const char *> several[] = {
    {DCM_ImagePositionPatient, "position"}, {DCM_ImageOrientationPatient, "orientation"},
    {DCM_PixelSpacing, "spacing"},
  };
  for (const auto &[tag, name] : several) put(set, tag, parted(fact(sheet, name)));
  const std::string window = fact(sheet, "window");
  put(set, DCM_WindowCenter, window.substr(0, window.find(' ')));
  put(set, DCM_WindowWidth, window.find(' ') == std::string::npos ? "" : window.substr(window.find(' ') + 1));
}

}  // namespace

Sheet readSheet() {
  Sheet sheet;
  char line[1024];
  while (std::fgets(line, sizeof line, stdin) != nullptr) {
    std::string text(line);
    if (!text.empty() && text.back() == '\n') text.pop_back();
    if (text == "pixels") break;
    const auto blank = text.find(' ');
    sheet.facts[text.substr(0, blank)] = blank == std::string::npos ? "" : text.substr(blank + 1);
  }
  sheet.rows = static_cast<std::uint32_t>(std::strtoul(fact(sheet, "rows").c_str(), nullptr, 10));
  sheet.columns = static_cast<std::uint32_t>(std::strtoul(fact(sheet, "columns").c_str(), nullptr, 10));
  const bool isSized = sheet.rows > 0 && sheet.columns > 0 && sheet.rows <= largestSide && sheet.columns <= largestSide;
  if (!isSized) throw Refusal{"size", ""};
  sheet.values.resize(std::size_t(sheet.rows) * sheet.columns);
  if (std::fread(sheet.values.data(), 2, sheet.values.size(), stdin) != sheet.values.size()) {
    throw Refusal{"truncated", ""};
  }
  return sheet;
}

void writeDicom(const Sheet &sheet) {
  DcmFileFormat file;
  DcmDataset &set = *file.getDataset();
  put(set, DCM_SOPClassUID, UID_MRImageStorage);
  put(set, DCM_Modality, "MR");
  put(set, DCM_ImageType, "DERIVED\\SECONDARY\\OTHER");
  put(set, DCM_PatientName, "PHANTOM^NO PATIENT");
  put(set, DCM_QualityControlSubject, "YES");
  put(set, DCM_BurnedInAnnotation, "NO");
  put(set, DCM_SequenceVariant, "NONE");
  put(set, DCM_PhotometricInterpretation, "MONOCHROME2");
  putFacts(set, sheet);
  put(set, DCM_SamplesPerPixel, Uint16(1));
  put(set, DCM_Rows, static_cast<Uint16>(sheet.rows));
  put(set, DCM_Columns, static_cast<Uint16>(sheet.columns));
  put(set, DCM_BitsAllocated, Uint16(16));
  put(set, DCM_BitsStored, Uint16(12));
  put(set, DCM_HighBit, Uint16(11));
  put(set, DCM_PixelRepresentation, Uint16(0));
  if (set.putAndInsertUint16Array(DCM_PixelData, sheet.values.data(), sheet.values.size()).bad()) {
    throw Refusal{"memory", ""};
  }
  std::vector<std::uint8_t> bytes(sheet.values.size() * 2 + (1 << 16));
  DcmOutputBufferStream stream(bytes.data(), static_cast<offile_off_t>(bytes.size()));
  file.transferInit();
  const bool isWritten = file.write(stream, EXS_LittleEndianExplicit, EET_ExplicitLength, nullptr).good();
  file.transferEnd();
  void *written = nullptr;
  offile_off_t length = 0;
  stream.flushBuffer(written, length);
  if (!isWritten) throw Refusal{"damaged", ""};
  std::fwrite(written, 1, static_cast<std::size_t>(length), stdout);
}

namespace {

bool writeRows(png_structp png, png_infop info, const Sheet &sheet, png_textp text, std::uint8_t *row) {
  if (setjmp(png_jmpbuf(png))) return false;
  png_init_io(png, stdout);
  png_set_IHDR(
    png, info, sheet.columns, sheet.rows, 16, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
    PNG_FILTER_TYPE_DEFAULT);
  png_set_text(png, info, text, 1);
  png_write_info(png, info);
  for (std::uint32_t y = 0; y < sheet.rows; y++) {
    for (std::uint32_t x = 0; x < sheet.columns; x++) {
      const auto value = sheet.values[std::size_t(y) * sheet.columns + x];
      row[2 * x] = static_cast<std::uint8_t>(value >> 8);
      row[2 * x + 1] = static_cast<std::uint8_t>(value & 0xFF);
    }
    png_write_row(png, row);
  }
  png_write_end(png, info);
  return true;
}

}  // namespace

void writePng(const Sheet &sheet) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png == nullptr ? nullptr : png_create_info_struct(png);
  std::string mark = fact(sheet, "mark");
  char name[] = "Comment";
  png_text text{};
  text.compression = PNG_TEXT_COMPRESSION_NONE;
  text.key = name;
  text.text = mark.data();
  text.text_length = mark.size();
  std::vector<std::uint8_t> row(std::size_t(sheet.columns) * 2);
  const bool isWritten = info != nullptr && writeRows(png, info, sheet, &text, row.data());
  png_destroy_write_struct(&png, &info);
  if (!isWritten) throw Refusal{"memory", ""};
}

}  // namespace endplate
