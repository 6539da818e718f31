// Grey pictures as bytes: packed without loss for the study file, and as PNG for a page.

#ifndef ENDPLATE_PIXELS_H
#define ENDPLATE_PIXELS_H

#include <stddef.h>
#include <stdint.h>

/// How many bytes packing or a PNG of this size may need at most.
size_t endplate_pixels_room(uint32_t columns, uint32_t rows);

/// Packs stored values, row by row. Answers how many bytes were written; 0 where memory or room is missing.
size_t endplate_pixels_pack(
    const uint16_t *values, uint32_t columns, uint32_t rows, uint8_t *packed, size_t room);

/// Unpacks just as many values as the size says. Answers 0 where the bytes are not such a picture, and then the values
/// say nothing.
int endplate_pixels_unpack(
    const uint8_t *packed, size_t count, uint16_t *values, uint32_t columns, uint32_t rows);

/// A grey PNG of 1 or 2 bytes a pixel, high byte first, with a text under the keyword `Endplate` unless it is empty.
/// Answers how many bytes were written; 0 where memory or room is missing.
size_t endplate_pixels_png(
    const uint8_t *greys, uint32_t columns, uint32_t rows, uint32_t bytes_each, const char *text, uint8_t *png,
    size_t room);

#endif
