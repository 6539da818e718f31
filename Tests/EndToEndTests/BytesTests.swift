// What the tests below ask of a stream of bytes is answered rightly.

import PtyHarness
import Testing

extension EndToEnd {
  @Suite struct Bytes {
    @Test func colourIsToldFromOtherRenditions() {
      let plain = Array("\u{1B}[1mbold\u{1B}[0;7mreverse\u{1B}[39;49m\u{1B}[31Hmoved\u{1B}(B".utf8)
      let red = Array("a\u{1B}[0;31mred".utf8)
      let indexed = Array("\u{1B}[38:5:9mred".utf8)

      #expect(plain.renditions == ["1", "0;7", "39;49"])
      #expect(!plain.choosesColor)
      #expect(red.choosesColor)
      #expect(indexed.choosesColor)
    }

    @Test func aTextIsFoundWhereItOccursLast() {
      let bytes = Array("abcabc".utf8)

      #expect(bytes.lastRange(of: "bc") == 4..<6)
      #expect(bytes.lastRange(of: "cc") == nil)
      #expect(bytes.holds("abcabc"))
    }
  }
}
