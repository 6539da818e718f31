// Who has signed; once the case is open, who graded what.

import Grid
import ReviewCore

extension Panel {
  static let readers = Panel(
    .readers, "Readers and consensus", short: "Readers",
    summary: { context in
      let signatures = context.view.signatures
      let signed = signatures.filter(\.isSigned).count
      return [(context.session.study.title(of: context.view.stage), .plain)]
        + (signatures.isEmpty ? [] : [(", \(signed) of \(required(context.view)) signed", .role(.muted))])
    },
    lines: { context in
      var lines: [Fact] = [Fact("consensus", consensus(context))]
      let view = context.view
      let imported = view.readings.filter(\.state.isImported)
      lines += Set(imported.map(\.reader)).sorted().map {
        Fact($0.rawValue, "imported, read elsewhere", .role(.warning))
      }
      if view.signatures.isEmpty, !imported.isEmpty { return lines + [.blank] + disagreements(context) }
      if view.signatures.isEmpty {
        lines.append(Fact("readings", "none", .role(.muted)))
        if context.session.study.isConstructed {
          lines.append(.remark("The case is made up for teaching; nobody read it."))
        } else if view.consensus?.origin == .published {
          lines.append(.remark("The source published the consensus of its readers, and no individual readings."))
        }
        return lines
      }
      lines += view.signatures.map { signature in
        let own = signature.reader == context.session.principal.id ? " (you)" : ""
        return Fact(
          signature.reader.rawValue + own, signature.isSigned ? "✓ signed" : "not signed yet",
          .role(signature.isSigned ? .good : .muted))
      }
      lines += view.readings.compactMap { reading in
        reading.unproven.map {
          Fact("! \(reading.reader)", "\(reading.examination.title) \($0.mark(on: reading.reader))", .role(.warning))
        }
      }
      guard view.stage.isOpen else {
        return lines + [.remark("Other readers' grades are sealed until the case is opened.")]
      }
      return lines + [.blank] + disagreements(context)
    })

  /// How many readers the case waits for.
  private static func required(_ view: CaseView) -> Int {
    view.required > 0 ? view.required : view.signatures.count
  }

  private static func consensus(_ context: PanelContext) -> Line {
    if context.session.study.isConstructed {
      return [("constructed", .role(.warning)), ("  no patient, no paper", .role(.muted))]
    }
    return switch context.view.consensus?.origin {
    case .published: [("published", .role(.good)), ("  origin: the source paper", .role(.muted))]
    case .imported: [("imported", .role(.warning)), ("  agreed on elsewhere", .role(.muted))]
    case .session: [("recorded by the readers, version \(context.view.consensus?.version ?? 1)", .role(.good))]
    case nil: [(context.session.study.title(of: context.view.stage), .role(.muted))]
    }
  }

  /// Each baseline finding with the readers' grades, those that differ marked.
  private static func disagreements(_ context: PanelContext) -> [Fact] {
    let readings = context.view.readings.filter { $0.round == context.view.round && $0.examination.isBaseline }
      .sorted { $0.reader < $1.reader }
    let values = readings.map { $0.values() }
    return context.session.codebook.findings(in: .baseline).map { finding in
      let words = values.map { $0[finding.id].map(finding.words) ?? "–" }
      let isSplit = Set(words).count > 1
      return Fact(
        finding.shortTitle,
        [(isSplit ? "≠ " : "= ", .role(isSplit ? .warning : .good)), (words.joined(separator: " │ "), .plain)])
    }
  }
}
