// The special functions against values computed with mpmath 1.3 at 60 digits.

import Testing

@testable import Agreement

/// Whether two figures agree to 1e-12, relative, or absolute below 1.
private func agree(_ computed: Double, _ tabulated: Double) -> Bool {
  abs(computed - tabulated) <= 1e-12 * max(abs(tabulated), abs(tabulated) > 1e-3 ? 0 : 1e-3)
}

@Suite("Special functions, to 1e-12 against mpmath")
struct SpecialFunctionTests {
  @Test(
    "ln Γ(x)",
    arguments: [
      (0.01, 4.5994798780420217225), (0.5, 0.57236494292470008707), (1.5, -0.12078223763524522235),
      (3, 0.69314718055994530942), (7.25, 7.0521854507385394449), (14.999, 25.188546870546926425),
      (15, 25.1912211827386815), (100.5, 361.43554046777762156), (12345.678, 103959.91990554606092),
      (1_000_000, 12815504.56914761166),
    ])
  func logGammaValues(x: Double, expected: Double) {
    #expect(agree(logGamma(x), expected))
  }

  @Test(
    "I_x(a, b), both tails",
    arguments: [
      (0.3, 2, 3, 0.34829999999999998042, 0.65170000000000001958), (0.5, 0.5, 0.5, 0.5, 0.5),
      (0.01, 0.5, 5, 0.24284189089843750246, 0.75715810910156249754),
      (0.9, 10, 0.5, 0.15164090963470996856, 0.84835909036529003144),
      (0.5, 30, 31, 0.55128908650428475741, 0.44871091349571524259),
      (0.2, 500, 2000, 0.50398968181840322502, 0.49601031818159677498),
      (0.25, 500, 2000, 0.99999999845011160874, 1.5498883912636749114e-9),
      (0.4999, 500_000, 500_000, 0.42074030933095266069, 0.57925969066904733931),
      (0.000001, 1, 1_000_000, 0.63212074276835488907, 0.36787925723164511093),
      (0.999, 3, 0.25, 0.75002945839447533321, 0.24997054160552466679),
      (0.75, 12.5, 4, 0.43262485853553353896, 0.56737514146446646104),
    ] as [(Double, Double, Double, Double, Double)])
  func incompleteBetaValues(x: Double, a: Double, b: Double, lower: Double, upper: Double) {
    let tails = incompleteBeta(x, a: a, b: b)
    #expect(agree(tails.lower, lower))
    #expect(agree(tails.upper, upper))
  }

  @Test(
    "The x with I_x(a, b) = p",
    arguments: [
      (0.025, 6, 2, 0.42127680295680477496), (0.975, 7, 1, 0.99638970313809941346),
      (0.025, 0.5, 3, 0.00017781993293475773111), (0.5, 20, 20, 0.5),
      (0.025, 1, 500, 0.000050634334007415217284), (0.975, 488, 13, 0.98608506993714025809),
    ] as [(Double, Double, Double, Double)])
  func inverseIncompleteBetaValues(p: Double, a: Double, b: Double, expected: Double) {
    let x = inverseIncompleteBeta(p, a: a, b: b)
    #expect(abs(x - expected) <= 1e-12 * expected)
  }

  @Test(
    "P(a, x) and Q(a, x)",
    arguments: [
      (0.5, 0.5, 0.68268949213708589717, 0.31731050786291410283),
      (3.841458820694124, 0.5, 0.99442540331921557709, 0.0055745966807844229075),
      (1, 1, 0.6321205588285576784, 0.3678794411714423216),
      (2.5, 1.5, 0.82820285570326686494, 0.17179714429673313506),
      (10, 3, 0.99723060428448842406, 0.0027693957155115759437),
      (30, 2, 0.99999999999709913688, 2.9008631203404541275e-12),
      (7.5, 8, 0.47536147351239454955, 0.52463852648760545045),
      (400, 380, 0.8474454979356752996, 0.1525545020643247004),
      (0.001, 0.5, 0.035670591729679885417, 0.96432940827032011458), (60, 0.5, 1, 6.3260682636772614882e-28),
    ] as [(Double, Double, Double, Double)])
  func incompleteGammaValues(x: Double, a: Double, lower: Double, upper: Double) {
    let tails = incompleteGamma(x, a: a)
    #expect(agree(tails.lower, lower))
    // A tail of a test is wanted to its own digits, however small.
    #expect(abs(tails.upper - upper) <= 1e-12 * upper)
  }

  @Test(
    "Normal quantile",
    arguments: [
      (0.975, 1.9599639845400538556), (0.5, 0), (0.9, 1.2815515655446005935), (0.0001, -3.7190164854556805523),
      (0.25, -0.6744897501960817432), (1e-12, -7.0344838253011319326), (0.999999, 4.7534243088170877657),
    ])
  func normalQuantileValues(p: Double, expected: Double) {
    #expect(agree(normalQuantile(p), expected))
  }

  @Test(
    "Student's t quantile",
    arguments: [
      (0.975, 1, 12.706204736174693314), (0.975, 2, 4.3026527297494617894), (0.975, 5, 2.5705818356363147828),
      (0.975, 11, 2.2009851600916393594), (0.975, 29, 2.0452296421327038745), (0.975, 499, 1.9647293909876886894),
      (0.975, 999_999, 1.9599663568164789346), (0.9995, 3, 12.923978636687964322),
      (0.75, 4, 0.74069708411268263298), (0.501, 7, 0.0025974636136622074931),
      (0.99999, 1, 31830.988608051955305), (0.5, 9, 0),
    ] as [(Double, Double, Double)])
  func studentQuantileValues(p: Double, degrees: Double, expected: Double) {
    #expect(agree(studentQuantile(p, degrees: degrees), expected))
    #expect(agree(studentQuantile(1 - p, degrees: degrees), -expected))
  }

  @Test(
    "Student's t, upper tail",
    arguments: [
      (0, 3, 0.5), (1, 1, 0.25), (2.5, 7, 0.020496109292876448445), (-1.3, 12, 0.89099141445824295514),
      (40, 2, 0.00031220733609237031875), (2, 1000, 0.022885173246625820024),
    ] as [(Double, Double, Double)])
  func studentTailValues(t: Double, degrees: Double, expected: Double) {
    #expect(agree(studentUpperTail(t, degrees: degrees), expected))
  }

  @Test(
    "Binomial lower tail",
    arguments: [
      (0, 10, 0.5, 0.0009765625), (3, 10, 0.5, 0.171875), (5, 10, 0.5, 0.623046875),
      (40, 100, 0.5, 0.028443966820490395835), (2, 7, 0.25, 0.75640869140625),
      (499_000, 1_000_000, 0.5, 0.02280414993269104321), (-1, 3, 0.5, 0), (3, 3, 0.5, 1),
    ])
  func binomialTailValues(k: Int, n: Int, p: Double, expected: Double) {
    #expect(agree(binomialLowerTail(k, trials: n, probability: p), expected))
  }
}
