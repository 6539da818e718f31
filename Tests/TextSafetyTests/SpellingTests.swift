import Testing
import TextSafety

@Suite struct SpellingTests {
  @Test func wholeNumbersHaveNoFraction() {
    #expect([5, 10.5, -2, 0, 1e9].map(\.plain) == ["5", "10.5", "-2", "0", "1000000000.0"])
  }

  @Test func decimalsAreRoundedAndAZeroHasNoSign() {
    #expect(
      [0.625, 1, -0.05, -0.004, 12.345].map { $0.decimals(2, minus: "−") } == [
        "0.63", "1.00", "−0.05", "0.00", "12.35",
      ])
    #expect(0.0625.decimals(3) == "0.063" && (-1.5).decimals(0) == "-2" && 7.0.decimals(0) == "7")
    #expect((-Double.infinity).decimals(2) == "-∞" && 1e20.decimals(1) == "1e+20")
  }

  @Test func sharesAreWholeHundredths() {
    #expect([0, 0.625, 1].map(\.percent) == [0, 63, 100])
  }
}
