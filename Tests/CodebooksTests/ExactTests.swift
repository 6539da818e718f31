// Numbers compare as they are written.

import Codebooks
import Testing

@Suite struct ExactTests {
  private func exact(_ text: String) throws -> Exact { try #require(Exact(text)) }

  @Test func onlyWhatPeopleWriteIsANumber() {
    for text in ["0", "12", "-0.5", "20.000001", "999999999999"] { #expect(Exact(text) != nil, "\(text)") }
    for text in [
      "", "-", "012", "1e3", "1.", ".5", "1.0000001", "1,5", "0x1", "１", "1_000", "1:30", "+1", "--1", "1.2.3",
    ] {
      #expect(Exact(text) == nil, "\(text)")
    }
  }

  @Test func aFifthMoreIsTwentyPerCentForEveryWholeNumber() throws {
    for base in 1...2000 {
      let (then, now) = (Exact(base * 5), Exact(base * 6))
      #expect(now.percentMore(than: then) == Exact(20))
    }
    #expect(Exact(0).percentMore(than: Exact(0)) == Exact(0))
    let rise = try #require(Exact(3).percentMore(than: Exact(0)))
    #expect(rise.isInfinite && rise > Exact(1_000_000))
  }

  @Test func numbersAreShownAsTheyAre() throws {
    #expect(try exact("12.50").description == "12.5")
    #expect(try exact("-0.07").description == "-0.07")
    #expect((Exact(2) / Exact(3))?.description == "0.67")
    #expect((Exact(1) / Exact(0))?.description == "∞")
  }

  @Test func whatHasTooManyDigitsIsNoNumberInsteadOfAWrongOne() throws {
    var product: Exact? = try exact("999999999999")
    for _ in 0..<4 { product = product.flatMap { $0 * Exact(999_999_999) } }
    #expect(product == nil)
  }
}
