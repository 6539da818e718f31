// What is done on the command line alone: the palette finds it by its words and says which command it is.

import ReviewCore

extension Commands {
  static let elsewhere: [Command] =
    [
      ("assign", "assign readers to cases", "endplate study assign CASE… --readers R1,R2"),
      ("handOver", "hand a case over to another reader", "endplate study hand-over CASE --from R1 --to R2 --reason …"),
      ("withdraw", "take a reader out of the study", "endplate study withdraw R1 --reason …"),
      ("round", "begin the next round", "endplate study round NUMBER"),
      ("minutes", "print the minutes of a consensus", "endplate consensus minutes CASE"),
      ("backup", "back up the study", "endplate backup FILE"),
    ].map { id, title, line in
      Command(
        "commandLine.\(id)", "command line: \(title)", keys: []
      ) { state in
        state.message = Message("on the command line: \(line)")
        return []
      }
    }

  /// What the coordinator alone does stands in nobody else's palette.
  static func mayBeFound(_ command: Command, by principal: Principal) -> Bool {
    principal.role == .coordinator || !elsewhere.contains { $0.id == command.id }
  }
}
