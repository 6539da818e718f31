// A square matrix of level against level.

/// Agreement weights, distances or counts between levels, row by row.
public struct SquareMatrix: Sendable, Equatable {
  /// The number of rows, which is the number of columns.
  public let size: Int
  private(set) var elements: [Double]

  /// A matrix whose element at (row, column) is what `element` answers.
  public init(size: Int, _ element: (Int, Int) -> Double) {
    self.size = size
    elements = (0..<size * size).map { element($0 / size, $0 % size) }
  }

  /// The element at (row, column).
  public subscript(row: Int, column: Int) -> Double {
    get { elements[row * size + column] }
    set { elements[row * size + column] = newValue }
  }

  var sum: Double { elements.reduce(0, +) }

  /// The sum of the products of matching elements.
  func dot(_ other: [Double]) -> Double { zip(elements, other).reduce(0) { $0 + $1.0 * $1.1 } }

  /// This matrix times a vector.
  func times(_ vector: [Double]) -> [Double] {
    (0..<size).map { row in (0..<size).reduce(0) { $0 + self[row, $1] * vector[$1] } }
  }

  /// x' M y.
  func form(_ x: [Double], _ y: [Double]) -> Double { zip(x, times(y)).reduce(0) { $0 + $1.0 * $1.1 } }
}
