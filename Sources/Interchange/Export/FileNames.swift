// Names of files that no disk takes for one another.

/// Hands out names that differ in more than the case of their letters, for many disks keep no two that do not.
struct FileNames {
  private var taken: Set<String>

  /// - Parameter taken: names that are given already.
  init(taken: [String] = []) { self.taken = Set(taken.map { $0.lowercased() }) }

  /// The name, or with a number behind it where another one is like it: `A`, `a-2`.
  mutating func unique(_ name: String) -> String {
    var (wanted, number) = (name, 1)
    while !taken.insert(wanted.lowercased()).inserted {
      number += 1
      wanted = "\(name)-\(number)"
    }
    return wanted
  }
}
