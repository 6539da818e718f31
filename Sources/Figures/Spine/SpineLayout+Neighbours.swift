// Moving a cursor from bone to bone.

import Grid
import ReviewCore

extension SpineLayout {
  package enum Direction: CaseIterable, Hashable, Sendable { case up, down, left, right }

  /// The bone next to another: along the spine where it runs in that direction, else the nearest one that way.
  /// Nil at the edge of the map.
  package func neighbour(of bone: Bone, _ direction: Direction) -> Bone? {
    guard let here = positions[bone] else { return nil }
    if isColumn, bone.isVertebra, direction == .up || direction == .down {
      let vertebrae = positions.keys.filter(\.isVertebra).sorted()
      let order = direction == .down ? vertebrae : vertebrae.reversed()
      let onward = order.drop { $0 != bone }.first { $0 != bone && positions[$0]?.y != here.y }
      if let onward { return onward }
    }
    return positions.filter { lies($0.value, direction, of: here) }
      .min { distance(here, $0, direction) < distance(here, $1, direction) }?.key
  }

  private func lies(_ there: Position, _ direction: Direction, of here: Position) -> Bool {
    switch direction {
    case .up: there.y < here.y
    case .down: there.y > here.y
    case .left: there.x < here.x && abs(there.y - here.y) <= reach
    case .right: there.x > here.x && abs(there.y - here.y) <= reach
    }
  }

  /// Rows that a step to the side may climb: in columns the next bone may lie some rows off.
  private var reach: Int { isColumn ? 12 : 0 }

  /// Steps in the direction, and what lies off to the side weighs more. Ties go to the upper bone.
  private func distance(_ here: Position, _ there: (key: Bone, value: Position), _ direction: Direction) -> (Int, Int) {
    let (across, down) = (abs(there.value.x - here.x), abs(there.value.y - here.y))
    let isSideways = direction == .left || direction == .right
    return (isSideways ? across + 4 * down : 4 * down + across, there.key.index)
  }
}
