// What tests share.

import Grid

/// Columns by a small table: enough for tests, independent of the machine's locale.
package let testWidth: ScalarWidth = { scalar in
  switch scalar.value {
  case 0x300...0x36F, 0x200B, 0xFE0F: 0
  case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60, 0x1F300...0x1F64F: 2
  case 0..<32, 0x7F..<0xA0: -1
  default: 1
  }
}
