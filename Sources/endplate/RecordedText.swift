// Free text of an option, as it is recorded.

import Desk
import TextSafety

/// One cleaning for all options that take free text: tabs and line ends become blanks.
///
/// - Parameter option: as the person wrote it, `--note`.
/// - Throws: `Failure` for what may stand in no text.
func recorded(_ text: String, _ option: String) throws -> String {
  do throws(FreeTextFault) { return try FreeText.checked(text) } catch {
    throw Failure(.badData, "\(option): \(error.message); nothing was recorded")
  }
}
