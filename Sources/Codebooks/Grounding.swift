// Puts a case's answers into conditions and rules: what is known becomes constants, what is open stays a question.

final class Grounding {
  struct Context: Hashable {
    var examination: Int
    var against: ComparedWith = .baseline
    var place: Int?
    /// A term without a prefix may hold at any examination.
    var isWholeCase = false
  }

  private struct Memo: Hashable {
    var name: Scheme.Name
    var context: Context
  }

  let scheme: Scheme
  let record: CaseRecord
  /// The patient's.
  let body: Body
  let diagram = Diagram()
  private(set) var open: [OpenQuestion] = []
  private var numbers: [CaseRecord.Key: Int] = [:]
  private var memo: [Memo: Diagram.ID] = [:]
  /// Places that have answers, of findings that are graded at some places only.
  private let answered: [CaseRecord.Key: [Int]]

  private let answersOnly: Bool

  /// - Parameter answersOnly: what is not graded will be answered, and not be *not assessable*.
  init(_ scheme: Scheme, _ record: CaseRecord, answersOnly: Bool = false) {
    (self.scheme, self.record, self.answersOnly) = (scheme, record, answersOnly)
    body = scheme.body.having(record.segments)
    var answered: [CaseRecord.Key: [Int]] = [:]
    for key in record.answers.keys {
      guard let place = key.place else { continue }
      var whole = key
      whole.place = nil
      answered[whole, default: []].append(place)
    }
    self.answered = answered.mapValues { $0.sorted() }
  }

  func remember(_ name: Scheme.Name, _ context: Context, _ make: () -> Diagram.ID) -> Diagram.ID {
    let key = Memo(name: name, context: context)
    if let known = memo[key] { return known }
    let made = make()
    memo[key] = made
    return made
  }

  // MARK: open questions

  func number(of key: CaseRecord.Key, _ why: OpenQuestion.Why) -> Int {
    if let number = numbers[key] { return number }
    let own = scheme.questions[key.question]
    let classes = own.family != nil && key.place == nil ? own.wholeClasses : own.classes
    // What is not assessable stays so: only its answers are open.
    let curable = why == .notGraded && !answersOnly ? classes : classes?.filter(\.isAnswer)
    open.append(OpenQuestion(key: key, why: why, classes: curable))
    numbers[key] = open.count - 1
    return open.count - 1
  }

  /// Nil where an answer is known.
  func why(_ question: Int, _ answer: Answer?) -> OpenQuestion.Why? {
    if record.withheld.contains(question) { return .withheld }
    switch answer {
    case nil: return .notGraded
    case .notAssessable?: return .notAssessable
    case .notAcquired?: return .notAcquired
    default: return nil
    }
  }

  func key(_ question: Int, _ context: Context, place: Int?) -> CaseRecord.Key {
    let written = scheme.questions[question].written
    return CaseRecord.Key(
      question, at: written.isGiven ? 0 : context.examination,
      against: written.isComparison ? context.against : .baseline,
      place: place)
  }

  // MARK: examinations

  func contexts(_ time: ExaminationTime, _ context: Context) -> [Context] {
    func at(_ examinations: some Sequence<Int>) -> [Context] {
      examinations.filter(record.examinations.indices.contains).map { Context(examination: $0, place: context.place) }
    }
    switch time {
    case .now: return context.isWholeCase ? at(record.examinations.indices) : [context]
    case .baseline: return at([0])
    case .previous: return at([context.examination - 1])
    case .before:
      return context.examination == 0 ? [] : at([context.against == .baseline ? 0 : context.examination - 1])
    case .last: return at([record.examinations.count - 1])
    case .any: return at(record.examinations.indices)
    }
  }

  /// The finding that answers for a question at an examination; nil where it is not asked there.
  func asked(_ question: Int, at examination: Int) -> Int? {
    let own = scheme.questions[question]
    if own.written.isGiven || own.isAsked(at: examination) { return question }
    return examination == 0 ? own.atBaseline : nil
  }

  // MARK: places

  enum Places {
    case known([Int])
    /// Only the number of the question that names them.
    case unknown(Int)
  }

  func places(of family: Family, _ context: Context) -> Places {
    guard case .named(let question) = family else { return .known(scheme.places(of: family)) }
    let at = scheme.questions[question].at == .baseline ? 0 : context.examination
    let key = key(question, Context(examination: at, against: context.against), place: nil)
    if let why = why(question, record.answers[key]) { return .unknown(number(of: key, why)) }
    guard case .places(let named)? = record.answers[key] else { return .known([]) }
    return .known(named.compactMap { if case .place(let place) = $0 { place } else { nil } })
  }

  /// Where a question has answers that count: every place of its family, or those graded where it asks for some only.
  func cells(of question: Int, _ context: Context) -> Places {
    let own = scheme.questions[question]
    guard let family = own.family else { return .known([]) }
    if own.asksEveryPlace { return places(of: family, context) }
    let whole = key(question, context, place: nil)
    if let cells = answered[whole] { return .known(cells) }
    if case .places(let none)? = record.answers[whole], none.isEmpty { return .known([]) }
    return .unknown(number(of: whole, why(question, record.answers[whole]) ?? .notGraded))
  }
}
