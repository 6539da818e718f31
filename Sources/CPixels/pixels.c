// Each value is guessed from its neighbours above and to the left, as JPEG-LS guesses (ITU-T T.87, the median edge
// detector), and what the guess misses is deflated: low bytes first, then high bytes, which are mostly zero.

#include "CPixels.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

size_t endplate_pixels_room(uint32_t columns, uint32_t rows) {
  return compressBound((uLong)columns * rows * 2 + rows) + 64;
}

static uint16_t guess(const uint16_t *values, uint32_t columns, uint32_t row, uint32_t column) {
  const uint16_t *at = values + (size_t)row * columns + column;
  if (row == 0) return column == 0 ? 0 : at[-1];
  const int above = *(at - columns);
  if (column == 0) return (uint16_t)above;
  const int left = at[-1], corner = *(at - columns - 1);
  const int low = above < left ? above : left, high = above < left ? left : above;
  if (corner >= high) return (uint16_t)low;
  if (corner <= low) return (uint16_t)high;
  return (uint16_t)(above + left - corner);
}

size_t endplate_pixels_pack(
    const uint16_t *values, uint32_t columns, uint32_t rows, uint8_t *packed, size_t room) {
  const size_t count = (size_t)columns * rows;
  uint8_t *bytes = malloc(2 * count);
  if (bytes == NULL) return 0;
  for (uint32_t row = 0; row < rows; row++) {
    for (uint32_t column = 0; column < columns; column++) {
      const size_t place = (size_t)row * columns + column;
      const uint16_t missed = (uint16_t)(values[place] - guess(values, columns, row, column));
      // Small misses of either sign become small numbers.
      const uint16_t folded = (uint16_t)((missed << 1) ^ (missed & 0x8000 ? 0xFFFF : 0));
      bytes[place] = (uint8_t)folded;
      bytes[count + place] = (uint8_t)(folded >> 8);
    }
  }
  uLongf length = room;
  const int answer = compress2(packed, &length, bytes, 2 * count, 6);
  free(bytes);
  return answer == Z_OK ? length : 0;
}

int endplate_pixels_unpack(
    const uint8_t *packed, size_t size, uint16_t *values, uint32_t columns, uint32_t rows) {
  const size_t count = (size_t)columns * rows;
  uint8_t *bytes = malloc(2 * count);
  if (bytes == NULL) return 0;
  uLongf length = 2 * count;
  const int answer = uncompress(bytes, &length, packed, size);
  if (answer == Z_OK && length == 2 * count) {
    for (uint32_t row = 0; row < rows; row++) {
      for (uint32_t column = 0; column < columns; column++) {
        const size_t place = (size_t)row * columns + column;
        const uint16_t folded = (uint16_t)(bytes[place] | bytes[count + place] << 8);
        const uint16_t missed = (uint16_t)((folded >> 1) ^ (folded & 1 ? 0xFFFF : 0));
        values[place] = (uint16_t)(missed + guess(values, columns, row, column));
      }
    }
  }
  free(bytes);
  return answer == Z_OK && length == 2 * count;
}

static void put(uint8_t *place, uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) *place++ = (uint8_t)(number >> shift);
}

/// A chunk whose content lies at its place already. Answers where the next begins.
static uint8_t *chunk(uint8_t *place, const char *name, uint32_t length) {
  put(place, length);
  memcpy(place + 4, name, 4);
  put(place + 8 + length, (uint32_t)crc32(0, place + 4, length + 4));
  return place + 12 + length;
}

size_t endplate_pixels_png(
    const uint8_t *greys, uint32_t columns, uint32_t rows, uint32_t bytes_each, const char *text, uint8_t *png,
    size_t room) {
  static const char keyword[] = "Endplate";
  const size_t said = strlen(text);
  static const uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  const size_t across = (size_t)columns * bytes_each, line = across + 1, count = line * rows;
  uint8_t *bytes = malloc(count);
  if (bytes == NULL || room < 256 + said) {
    free(bytes);
    return 0;
  }
  for (uint32_t row = 0; row < rows; row++) {
    // Filter 2: the difference from the row above.
    bytes[row * line] = row == 0 ? 0 : 2;
    for (size_t column = 0; column < across; column++) {
      const uint8_t *at = greys + row * across + column;
      bytes[row * line + 1 + column] = (uint8_t)(*at - (row == 0 ? 0 : *(at - across)));
    }
  }
  uint8_t *place = png;
  memcpy(place, signature, sizeof signature);
  place += sizeof signature;
  put(place + 8, columns);
  put(place + 12, rows);
  memset(place + 16, 0, 5);
  place[16] = (uint8_t)(8 * bytes_each);
  place = chunk(place, "IHDR", 13);
  if (said > 0) {
    memcpy(place + 8, keyword, sizeof keyword);
    memcpy(place + 8 + sizeof keyword, text, said);
    place = chunk(place, "tEXt", (uint32_t)(sizeof keyword + said));
  }
  uLongf length = room - 256 - said;
  const int answer = compress2(place + 8, &length, bytes, count, 9);
  free(bytes);
  if (answer != Z_OK) return 0;
  place = chunk(place, "IDAT", (uint32_t)length);
  place = chunk(place, "IEND", 0);
  return (size_t)(place - png);
}
