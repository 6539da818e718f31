// DICOM through DCMTK: pixels, and about twenty tags. Never a name, a date, a device, a private tag or a free text.

#include "Reading.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>
#include <dcmtk/oflog/oflog.h>

namespace endplate {

namespace {

const char *const jpeg2000[] = {"1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91"};

/// A number of a decimal string; nothing where it is no finite number.
bool number(DcmItem &item, const DcmTagKey &tag, double &value, unsigned long place = 0) {
  OFString text;
  Float64 exact = 0;
  double found = 0;
  if (item.findAndGetFloat64(tag, exact, place).good()) {
    found = exact;
  } else {
    if (item.findAndGetOFString(tag, text, place).bad() || text.empty()) return false;
    char *end = nullptr;
    found = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || *end != '\0') return false;
  }
  if (!std::isfinite(found) || std::fabs(found) > 1e9) return false;
  value = found;
  return true;
}

std::vector<double> numbers(DcmItem &item, const DcmTagKey &tag, unsigned long count) {
  std::vector<double> values(count);
  for (unsigned long place = 0; place < count; place++) {
    if (!number(item, tag, values[place], place)) return {};
  }
  return values;
}

std::uint32_t count(DcmItem &item, const DcmTagKey &tag, std::uint32_t missing) {
  Uint16 value = 0;
  return item.findAndGetUint16(tag, value).good() ? value : missing;
}

/// A UID as far as it is one: digits and dots, at most 64.
std::string uid(DcmItem &item, const DcmTagKey &tag) {
  OFString text;
  if (item.findAndGetOFString(tag, text).bad() || text.empty() || text.length() > 64) return "";
  for (std::size_t place = 0; place < text.length(); place++) {
    if (text[place] != '.' && (text[place] < '0' || text[place] > '9')) return "";
  }
  return std::string(text.c_str(), text.length());
}

bool is(DcmItem &item, const DcmTagKey &tag, const char *word) {
  OFString text;
  return item.findAndGetOFString(tag, text).good() && text == word;
}

/// Where a value of one frame stands: in its own groups, in those of all frames, in the data set.
struct Places {
  std::vector<DcmItem *> items;

  Places(DcmDataset &set, std::uint32_t frame) {
    DcmItem *own = nullptr;
    if (set.findAndGetSequenceItem(DCM_PerFrameFunctionalGroupsSequence, own, static_cast<signed long>(frame)).good()) {
      items.push_back(own);
    }
    DcmItem *shared = nullptr;
    if (set.findAndGetSequenceItem(DCM_SharedFunctionalGroupsSequence, shared, 0).good()) items.push_back(shared);
    items.push_back(&set);
  }

  /// The first item that has the tag, in a sequence of the groups or in the data set itself.
  DcmItem *with(const DcmTagKey &sequence, const DcmTagKey &tag) const {
    for (DcmItem *item : items) {
      DcmItem *inner = nullptr;
      if (item->findAndGetSequenceItem(sequence, inner, 0).good() && inner->tagExists(tag)) return inner;
      if (item->tagExists(tag)) return item;
    }
    return nullptr;
  }
};

void readWindows(const Places &places, Picture &picture) {
  if (DcmItem *item = places.with(DCM_FrameVOILUTSequence, DCM_WindowCenter)) {
    for (unsigned long place = 0; place < 8; place++) {
      double center = 0, width = 0;
      if (!number(*item, DCM_WindowCenter, center, place) || !number(*item, DCM_WindowWidth, width, place)) break;
      if (width >= 1) picture.windows.push_back({center, width});
    }
  }
  if (!picture.windows.empty()) return;
  // A table is shown by the ramp that it covers.
  for (DcmItem *item : places.items) {
    DcmItem *table = nullptr;
    Uint16 entries = 0, first = 0;
    if (item->findAndGetSequenceItem(DCM_VOILUTSequence, table, 0).bad()) continue;
    if (table->findAndGetUint16(DCM_LUTDescriptor, entries, 0).bad()) continue;
    if (table->findAndGetUint16(DCM_LUTDescriptor, first, 1).bad() || entries < 2) continue;
    picture.windows.push_back({first + entries / 2.0, double(entries)});
    return;
  }
}

void readGeometry(const Places &places, Picture &picture) {
  if (DcmItem *item = places.with(DCM_PixelMeasuresSequence, DCM_PixelSpacing)) {
    const auto spacing = numbers(*item, DCM_PixelSpacing, 2);
    if (spacing.size() == 2 && spacing[0] > 0 && spacing[1] > 0) {
      picture.rowSpacing = spacing[0];
      picture.columnSpacing = spacing[1];
      picture.aspect = spacing[0] / spacing[1];
    }
  } else if (DcmItem *ratio = places.with(DCM_PixelMeasuresSequence, DCM_PixelAspectRatio)) {
    const auto parts = numbers(*ratio, DCM_PixelAspectRatio, 2);
    if (parts.size() == 2 && parts[0] > 0 && parts[1] > 0) picture.aspect = parts[0] / parts[1];
  }
  if (DcmItem *item = places.with(DCM_PlanePositionSequence, DCM_ImagePositionPatient)) {
    picture.position = numbers(*item, DCM_ImagePositionPatient, 3);
  }
  if (DcmItem *item = places.with(DCM_PlaneOrientationSequence, DCM_ImageOrientationPatient)) {
    const auto o = numbers(*item, DCM_ImageOrientationPatient, 6);
    if (o.size() == 6) {
      const double rows = o[0] * o[0] + o[1] * o[1] + o[2] * o[2];
      const double columns = o[3] * o[3] + o[4] * o[4] + o[5] * o[5];
      const double both = o[0] * o[3] + o[1] * o[4] + o[2] * o[5];
      // Two directions of length 1 at a right angle; what is not cannot be placed.
      if (std::fabs(rows - 1) < 0.01 && std::fabs(columns - 1) < 0.01 && std::fabs(both) < 0.01) picture.orientation = o;
    }
  }
  if (picture.orientation.empty()) picture.position.clear();
}

void readFacts(DcmDataset &set, const Places &places, Picture &picture) {
  if (DcmItem *item = places.with(DCM_PixelValueTransformationSequence, DCM_RescaleSlope)) {
    double slope = 1;
    if (number(*item, DCM_RescaleSlope, slope) && slope != 0) picture.slope = slope;
    number(*item, DCM_RescaleIntercept, picture.intercept);
  }
  if (DcmItem *item = places.with(DCM_MRTimingAndRelatedParametersSequence, DCM_RepetitionTime)) {
    number(*item, DCM_RepetitionTime, picture.repetition);
  }
  if (DcmItem *item = places.with(DCM_MREchoSequence, DCM_EffectiveEchoTime)) {
    number(*item, DCM_EffectiveEchoTime, picture.echo);
  }
  if (picture.echo == 0) number(set, DCM_EchoTime, picture.echo);
  number(set, DCM_InversionTime, picture.inversion);
  // Only whether there is one: the name of the agent is free text.
  picture.hasContrast = set.tagExistsWithValue(DCM_ContrastBolusAgent);
  OFString type;
  set.findAndGetOFString(DCM_SOPClassUID, type);
  const bool isCapture = type.compare(0, 25, "1.2.840.10008.5.1.4.1.1.7") == 0
    && (type.length() == 25 || type[25] == '.');
  picture.mayHaveText = isCapture || is(set, DCM_BurnedInAnnotation, "YES");
  number(set, DCM_SeriesNumber, picture.series);
  number(set, DCM_InstanceNumber, picture.number);
  picture.instance = uid(set, DCM_SOPInstanceUID);
  picture.frameOfReference = uid(set, DCM_FrameOfReferenceUID);
  readWindows(places, picture);
  readGeometry(places, picture);
}

struct Layout {
  std::uint32_t allocated;
  std::uint32_t stored;
  bool isSigned;
  std::uint64_t frameBytes;
};

Layout layout(DcmDataset &set, Picture &picture) {
  if (!set.tagExists(DCM_PixelData)) throw Refusal{"no-pixels", ""};
  picture.rows = count(set, DCM_Rows, 0);
  picture.columns = count(set, DCM_Columns, 0);
  if (picture.rows == 0 || picture.columns == 0) throw Refusal{"no-size", ""};
  if (picture.rows > largestSide || picture.columns > largestSide) throw Refusal{"size", ""};
  const auto samples = count(set, DCM_SamplesPerPixel, 1);
  picture.isInverted = is(set, DCM_PhotometricInterpretation, "MONOCHROME1");
  if (samples != 1 || !(picture.isInverted || is(set, DCM_PhotometricInterpretation, "MONOCHROME2"))) {
    throw Refusal{"color", ""};
  }
  Layout layout;
  layout.allocated = count(set, DCM_BitsAllocated, 0);
  layout.stored = count(set, DCM_BitsStored, layout.allocated);
  layout.isSigned = count(set, DCM_PixelRepresentation, 0) == 1;
  const bool isUsual = (layout.allocated == 8 || layout.allocated == 16) && layout.stored >= 1
    && layout.stored <= layout.allocated && count(set, DCM_HighBit, layout.stored - 1) == layout.stored - 1;
  if (!isUsual) throw Refusal{"depth", std::to_string(layout.stored)};
  layout.frameBytes = std::uint64_t(picture.rows) * picture.columns * (layout.allocated / 8);
  Sint32 frames = 1;
  if (set.findAndGetSint32(DCM_NumberOfFrames, frames).bad() || frames < 1) frames = 1;
  picture.frames = static_cast<std::uint32_t>(frames);
  return layout;
}

/// The code of one frame: fragments of its own, or all where there is one frame only.
std::vector<std::uint8_t> fragments(DcmElement &element, E_TransferSyntax syntax, const Picture &picture) {
  auto *data = dynamic_cast<DcmPixelData *>(&element);
  DcmPixelSequence *sequence = nullptr;
  if (data == nullptr || data->getEncapsulatedRepresentation(syntax, nullptr, sequence).bad() || sequence == nullptr) {
    throw Refusal{"damaged", ""};
  }
  const unsigned long items = sequence->card();
  if (items < 2 || (picture.frames > 1 && items - 1 != picture.frames)) throw Refusal{"damaged", ""};
  const unsigned long first = picture.frames > 1 ? 1 + picture.frame : 1;
  const unsigned long last = picture.frames > 1 ? first + 1 : items;
  std::vector<std::uint8_t> code;
  for (unsigned long index = first; index < last; index++) {
    DcmPixelItem *item = nullptr;
    Uint8 *bytes = nullptr;
    if (sequence->getItem(item, index).bad() || item->getUint8Array(bytes).bad() || bytes == nullptr) {
      throw Refusal{"damaged", ""};
    }
    if (code.size() + item->getLength() > largestFile) throw Refusal{"size", ""};
    code.insert(code.end(), bytes, bytes + item->getLength());
  }
  return code;
}

std::vector<std::int32_t> storedValues(DcmDataset &set, const Layout &layout, Picture &picture) {
  DcmElement *element = nullptr;
  if (set.findAndGetElement(DCM_PixelData, element).bad() || element == nullptr) throw Refusal{"no-pixels", ""};
  const std::uint64_t held = element->getLength();
  if (held == 0) throw Refusal{"no-pixels", ""};
  if (held / layout.frameBytes == 0) throw Refusal{"truncated", ""};
  // A header may promise frames that are not there.
  picture.frames = static_cast<std::uint32_t>(std::min<std::uint64_t>(picture.frames, held / layout.frameBytes));
  if (picture.frame >= picture.frames) throw Refusal{"frame", std::to_string(picture.frames)};
  const std::size_t size = std::size_t(picture.rows) * picture.columns;
  const std::size_t start = picture.frame * size;
  std::vector<std::int32_t> values(size);
  // Eight-bit pixels may be stored as words; DCMTK has them in the machine's order.
  Uint16 *words = nullptr;
  Uint8 *bytes = nullptr;
  if (layout.allocated == 16) {
    if (element->getUint16Array(words).bad() || words == nullptr) throw Refusal{"damaged", ""};
    std::copy(words + start, words + start + size, values.begin());
  } else if (element->getUint8Array(bytes).good() && bytes != nullptr) {
    std::copy(bytes + start, bytes + start + size, values.begin());
  } else if (element->getUint16Array(words).good() && words != nullptr) {
    for (std::size_t index = 0; index < size; index++) {
      const std::size_t place = start + index;
      values[index] = place % 2 == 0 ? words[place / 2] & 0xFF : words[place / 2] >> 8;
    }
  } else {
    throw Refusal{"damaged", ""};
  }
  const std::int32_t mask = static_cast<std::int32_t>((1u << layout.stored) - 1);
  const std::int32_t sign = 1 << (layout.stored - 1);
  for (auto &value : values) {
    value &= mask;
    if (layout.isSigned && (value & sign)) value -= mask + 1;
  }
  return values;
}

}  // namespace

Picture readDicom(const std::string &path, std::uint32_t frame) {
  OFLog::configure(OFLogger::OFF_LOG_LEVEL);
  DcmRLEDecoderRegistration::registerCodecs();
  DJDecoderRegistration::registerCodecs();
  DJLSDecoderRegistration::registerCodecs();
  DcmFileFormat file;
  // Long elements stay in the file until somebody asks for them.
  if (file.loadFile(path.c_str(), EXS_Unknown, EGL_noChange, 4096, ERM_fileOnly).bad()) throw Refusal{"truncated", ""};
  DcmDataset &set = *file.getDataset();
  Picture picture;
  picture.frame = frame;
  const E_TransferSyntax syntax = set.getOriginalXfer();
  const DcmXfer transfer(syntax);
  picture.syntax = transfer.getXferID() == nullptr ? "" : transfer.getXferID();
  const Layout shape = layout(set, picture);
  const bool isJpeg2000 = picture.syntax == jpeg2000[0] || picture.syntax == jpeg2000[1];
  if (transfer.isEncapsulated()) {
    if (picture.frames > mostFrames || shape.frameBytes * picture.frames > largestPixels) throw Refusal{"size", ""};
    if (frame >= picture.frames) throw Refusal{"frame", std::to_string(picture.frames)};
  }
  if (isJpeg2000) {
    DcmElement *element = nullptr;
    if (set.findAndGetElement(DCM_PixelData, element).bad()) throw Refusal{"no-pixels", ""};
    picture.values =
      decodeJpeg2000(fragments(*element, syntax, picture), picture.rows, picture.columns, shape.isSigned);
  } else {
    if (transfer.isEncapsulated() && set.chooseRepresentation(EXS_LittleEndianExplicit, nullptr).bad()) {
      const bool isKnown = set.canWriteXfer(EXS_LittleEndianExplicit);
      throw isKnown ? Refusal{"damaged", ""} : Refusal{"syntax", picture.syntax};
    }
    picture.values = storedValues(set, shape, picture);
  }
  readFacts(set, Places(set, frame), picture);
  return picture;
}

std::string dicomVersion() { return OFFIS_DCMTK_VERSION_STRING; }

}  // namespace endplate
