// A key script: keys played into the loop by tests and teaching material.
//
// Printable characters are keys as they are, spaces among them; other keys by name in angle brackets (`Key.named`),
// `<C-p>`, `<Paste>…<EndPaste>`; `<wait>` waits until idle; a line that begins with `#` is a comment; line ends mean
// nothing.

import Grid

package struct KeyScript: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case key(Key)
    case wait
  }

  package let steps: [Step]

  package init(_ text: String) throws(KeyScriptError) {
    var steps: [Step] = []
    var paste: (text: String, line: Int, column: Int)?
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let scalars = line.unicodeScalars
      if scalars.first == "#" { continue }  // by scalars
      var rest = scalars[...]
      while let first = rest.first {
        let (row, column) = (index + 1, scalars.count - rest.count + 1)
        let fault = { (problem: KeyScriptError.Problem) in
          KeyScriptError(line: row, column: column, problem: problem)
        }
        var name: String?
        var written = Substring()
        if first == "<" {
          guard let end = rest.firstIndex(of: ">") else { throw fault(.unclosed) }
          name = String(rest[rest.index(after: rest.startIndex)..<end])
          rest = rest[rest.index(after: end)...]
        } else {
          // Up to the next name: letters are keys with their marks.
          let run = rest.prefix { $0 != "<" }
          written = Substring(run)
          rest = rest.dropFirst(run.count)
        }
        switch (name, paste) {
        case ("Paste", nil): paste = ("", row, column)
        case ("EndPaste", let open?):
          steps.append(.key(.paste(open.text)))
          paste = nil
        case ("wait", nil): steps.append(.wait)
        case (let name?, nil):
          guard let key = KeyScript.key(named: name) else { throw fault(.unknownKey(name)) }
          steps.append(.key(key))
        case (let name?, let open?):
          guard let text = KeyScript.key(named: name).flatMap(KeyScript.pasted) else {
            throw fault(.notInPaste(name))
          }
          paste = (open.text + text, open.line, open.column)
        case (nil, let open):
          if let place = written.unicodeScalars.enumerated().first(where: { SafeText.isUnsafe($0.element) })?.offset {
            throw KeyScriptError(line: row, column: column + place, problem: .unprintable)
          }
          if let open {
            paste = (open.text + written, open.line, open.column)
          } else {
            steps += written.map { .key(.character($0)) }
          }
        }
      }
    }
    if let paste { throw KeyScriptError(line: paste.line, column: paste.column, problem: .openPaste) }
    self.steps = steps
  }

  private static func key(named name: String) -> Key? {
    if let named = Key.named.first(where: { $0.name == name }) { return named.key }
    guard name.count == 3, name.hasPrefix("C-"), let byte = name.last?.asciiValue else { return nil }
    guard (0x40...0x5F).contains(byte) || (0x61...0x7A).contains(byte) else { return nil }
    return Key(control: byte & 0x1F)
  }

  private static func pasted(_ key: Key) -> String? {
    switch key {
    case .character(let character): String(character)
    case .enter: "\n"
    case .tab: "\t"
    default: nil
    }
  }
}

package struct KeyScriptError: Error, Hashable, Sendable {
  package enum Problem: Hashable, Sendable {
    case unknownKey(String)
    case unclosed
    case unprintable
    case notInPaste(String)
    case openPaste
  }

  package let line: Int
  package let column: Int
  package let problem: Problem

  /// To be put behind the file's name, line and column.
  package var message: String {
    switch problem {
    case .unknownKey(let name):
      "<\(SafeText.clean(name))> is not a key. Keys: \(KeyScriptError.names). For a < itself write <lt>."
    case .unclosed: "this < has no > on its line. For a < itself write <lt>."
    case .unprintable: "this character cannot be typed as it is. For a tab write <Tab>."
    case .notInPaste(let name):
      "<\(SafeText.clean(name))> cannot be pasted. Between <Paste> and <EndPaste> stand characters, <Space>, "
        + "<Enter>, <Tab>, <lt> and <Hash>."
    case .openPaste: "this <Paste> has no <EndPaste>."
    }
  }

  private static let names: String = {
    let named = Key.named.map(\.name).filter { !($0.hasPrefix("F") && $0.dropFirst().allSatisfy(\.isNumber)) }
    return (named + ["F1…F24", "C-a…C-z", "Paste…EndPaste", "wait"]).map { "<\($0)>" }.joined(separator: " ")
  }()
}
