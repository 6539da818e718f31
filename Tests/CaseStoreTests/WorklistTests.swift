// Worklist pages, filters, sorting and counts, against a plain search through all rows.

import Foundation
import ReviewCore
import Testing

@testable import CaseStore

@Suite struct WorklistTests {
  /// Seven cases: some signed, some in draft, one published.
  let folder: Folder
  let world = World()
  let codebook = Codebook.vertebralOsteomyelitis

  init() throws {
    folder = try Folder()
    let signed = world.now
    try StudyStore.build(
      at: folder(), study: Study(title: "Spine", studyProtocol: StudyProtocol(seed: 3)), principals: people,
      environment: world.environment()
    ) { builder in
      for number in 1...12 {
        let id = CaseID(String(number))
        let rim: LevelID = number % 3 == 0 ? "present" : "absent"
        let grades: [GradeKey: Grade] = [
          GradeKey(.baseline, Codebook.ID.rimSign): Grade(.level(rim)),
          GradeKey(.baseline, Codebook.ID.involvedBones): Grade(.sites([.bone(.l5), .upperSacrum])),
          GradeKey(.baseline, Codebook.ID.lesionNumber): Grade(.level(number % 2 == 0 ? "multiple" : "solitary")),
        ]
        let readings = people.filter { $0.role == .reader }.prefix(number % 4).map { reader in
          Reading(
            reader: reader.id, examination: .baseline, state: number % 2 == 0 ? .signed(signed) : .draft,
            grades: grades)
        }
        let published = Consensus(origin: .published, grades: grades.mapValues { AgreedGrade($0) })
        try builder.add(
          .sample(id, age: number == 5 ? nil : 40 + number, followUps: number % 5 == 0 ? [2] : []),
          published: number == 11 ? published : nil, readings: readings)
      }
    }
  }

  private func open(_ id: PrincipalID) throws -> StudyStore {
    try StudyStore.open(at: folder(), as: id, environment: world.environment())
  }

  private func ids(_ store: StudyStore, _ filter: String, sort: WorklistSort = .order) throws -> [CaseID] {
    let (filter, problems) = WorklistFilter.parse(filter, codebook: codebook)
    #expect(problems == [])
    let page = try store.worklist(WorklistQuery(filter: filter, sort: sort), offset: 0, limit: 100)
    #expect(page.total == page.rows.count)
    return page.rows.map(\.id)
  }

  @Test func whoIsNoReaderSeesCaseOrder() throws {
    let rows = try open("coord").worklist(WorklistQuery(), offset: 0, limit: 100).rows
    #expect(rows.map(\.id) == (1...12).map { CaseID(String($0)) })
    #expect(rows.map(\.position) == Array(1...12))
  }

  @Test func readersHaveOrdersOfTheirOwnThatStay() throws {
    let orders = try ["R1", "R2", "R3"].map { id in try ids(open(PrincipalID(id)), "") }
    #expect(Set(orders).count == 3)
    for order in orders { #expect(Set(order).count == 12) }
    #expect(try ids(open("R1"), "") == orders[0])
    // First 8 bytes of SHA-256("3|R1|1|<case>"), computed elsewhere.
    let expected = (1...12).map { CaseID(String($0)) }.sorted {
      ReadingOrder.key(seed: 3, reader: "R1", round: 1, id: $0)
        .lexicographicallyPrecedes(ReadingOrder.key(seed: 3, reader: "R1", round: 1, id: $1))
    }
    #expect(orders[0] == expected)
  }

  @Test func aRowSaysWhatThePrincipalMayKnow() throws {
    let own = try #require(try open("R1").worklist(query("2"), offset: 0, limit: 9).rows.first { $0.id == "2" })
    #expect(
      own
        == WorklistRow(
          id: "2", position: own.position, sex: .male, age: 42, title: "telling 2",
          bones: .sites([.bone(.l5), .upperSacrum]), lesions: .level("multiple"), own: .signed, signed: 2, required: 3,
          stage: .reading, followUps: [], flags: []))
    let other = try #require(try open("R3").worklist(query("2"), offset: 0, limit: 9).rows.first { $0.id == "2" })
    #expect(
      other
        == WorklistRow(
          id: "2", position: other.position, sex: .male, age: 42, own: .todo, signed: 2, required: 3, stage: .reading))
    let draft = try #require(try open("R1").worklist(query("5"), offset: 0, limit: 9).rows.first { $0.id == "5" })
    #expect(
      draft
        == WorklistRow(
          id: "5", position: draft.position, sex: .male, bones: .sites([.bone(.l5), .upperSacrum]),
          lesions: .level("solitary"), own: .draft(graded: 3, of: 13), signed: 0, required: 3, stage: .reading))
    let published = try #require(
      try open("coord").worklist(WorklistQuery(), offset: 10, limit: 1).rows.first)
    #expect(published.stage == .published)
    #expect(published.lesions == .level("solitary"))
  }

  @Test(arguments: ["'{}'", "json_set(document, '$.age', 'old')", "json_set(document, '$.id', '6')", "'[]'"])
  func aRowOfADamagedCaseSaysSo(document: String) throws {
    try tamper(folder(), "UPDATE patient_case SET document = \(document) WHERE id = '5'")
    let store = try open("coord")
    let rows = try store.worklist(WorklistQuery(), offset: 0, limit: 100).rows
    #expect(rows.filter(\.isDamaged).map(\.id) == ["5"])
    // What it said when it could be read is still told.
    #expect(rows.count == 12 && rows.first { $0.id == "5" }?.sex == .male)
    #expect(storeError { try store.caseView("5") }?.description.contains("case 5 ") == true)
    #expect(try store.caseView("6").id == "6")
    #expect(try store.verify().faults.contains { $0.contains("case 5") })
  }

  private func query(_ words: String) -> WorklistQuery {
    WorklistQuery(filter: WorklistFilter.parse(words, codebook: codebook).filter)
  }

  @Test func filtersFindJustWhatIsShown() throws {
    let (reader, coordinator) = (try open("R1"), try open("coord"))
    // Case n has readings by the first n mod 4 readers: R1 has none of 4, 8, 12.
    #expect(try Set(ids(reader, "rim:absent")) == ["1", "2", "5", "7", "10", "11"])
    #expect(try Set(ids(reader, "rim:absent lesions:multiple")) == ["2", "10"])
    #expect(try Set(ids(reader, "bones:sacral status:draft")) == ["1", "3", "5", "7", "9", "10", "11"])
    #expect(try Set(ids(reader, "bones:L5 status:signed")) == ["2", "6"])
    #expect(try Set(ids(reader, "status:todo")) == ["4", "8", "12"])
    #expect(try ids(coordinator, "rim:absent") == ["11"])
    #expect(try ids(coordinator, "status:published") == ["11"])
    #expect(try ids(coordinator, "sex:f") == [])
    #expect(try ids(coordinator, "age:44-46") == ["4", "6"])
    #expect(try ids(coordinator, "follow-up:<6 flag:short-follow-up") == ["5", "10"])
    #expect(try ids(coordinator, "telling fever") == (1...12).map { CaseID(String($0)) })
    // The title is withheld until the case is signed or published.
    #expect(try Set(ids(reader, "telling")) == ["2", "6", "11"])
    #expect(try ids(reader, "bones:whole_spine") == [])
    #expect(try ids(reader, "no'such\"word%_") == [])
  }

  /// Who types an id means that case: it stands first, before those that only hold the same characters.
  @Test func anIdFindsItsCaseFirst() throws {
    let store = try open("coord")
    #expect(try ids(store, "2").count > 1)
    #expect(try ids(store, "2").first == "2")
    #expect(try ids(store, "2", sort: .age).first == "2")
    #expect(try store.index(of: "2", in: WorklistQuery(filter: WorklistFilter(words: ["2"]))) == 0)
    #expect(try ids(store, "case:2") == ["2"])
    #expect(try ids(store, "case:1*") == ["1", "10", "11", "12"])
    #expect(try ids(store, "case:_") == [])
    #expect(try ids(store, "case:%") == [])
  }

  /// A number is that of an id that ends in it, whatever zeros stand before it; the year in the id is not meant.
  @Test func aNumberFindsTheIdThatEndsInItFirst() throws {
    let store = try open("coord")
    _ = try store.importCases((1...30).map { .sample(CaseID("SPINE-2024-\($0 < 10 ? "000" : "00")\($0)")) })
    let found = try ids(store, "4")
    #expect(found.prefix(2) == ["4", "SPINE-2024-0004"])
    #expect(try ids(store, "24").first == "SPINE-2024-0024")
    #expect(try ids(store, "case:4") == ["4", "SPINE-2024-0004"])
    #expect(try ids(store, "case:30") == ["SPINE-2024-0030"])
    #expect(try ids(store, "case:spine-*-000*").count == 9)
    #expect(try store.index(of: "SPINE-2024-0024", in: query("24")) == 0)
  }

  /// In the order of the list, whether it was begun or not; what is signed is left out, and the search goes round.
  @Test func theNextCaseToDoComesInTheOrderOfTheList() throws {
    let store = try open("R1")
    for query in [
      WorklistQuery(), WorklistQuery(sort: .number), WorklistQuery(sort: .age, descending: true),
      WorklistQuery(filter: WorklistFilter(words: ["1"])),
    ] {
      let rows = try store.worklist(query, offset: 0, limit: 100).rows
      let toDo = rows.indices.filter { index in
        switch rows[index].own {
        case .todo, .draft: true
        case .none, .signed: false
        }
      }
      #expect(!toDo.isEmpty)
      for index in rows.indices {
        let wanted = toDo.first { $0 > index } ?? toDo.first
        #expect(try store.nextToDo(in: query, after: index) == wanted)
      }
    }
  }

  @Test func everySortIsAPermutationAndItsReverse() throws {
    for id in ["R1", "coord"] as [PrincipalID] {
      let store = try open(id)
      for sort in WorklistSort.allCases {
        let up = try store.worklist(WorklistQuery(sort: sort), offset: 0, limit: 100).rows
        let down = try store.worklist(WorklistQuery(sort: sort, descending: true), offset: 0, limit: 100).rows
        #expect(Set(up.map(\.id)).count == 12)
        #expect(down == up.reversed())
        for (index, row) in up.enumerated() {
          #expect(try store.index(of: row.id, in: WorklistQuery(sort: sort)) == index)
          #expect(try store.index(of: row.id, in: WorklistQuery(sort: sort, descending: true)) == 11 - index)
        }
      }
      let sorted = try store.worklist(WorklistQuery(sort: .number), offset: 0, limit: 100).rows.map(\.id)
      #expect(sorted == (1...12).map { CaseID(String($0)) })
      let ages = try store.worklist(WorklistQuery(sort: .age), offset: 0, limit: 100).rows.map { $0.age ?? 0 }
      #expect(ages == ages.sorted())
    }
  }

  @Test func pagesPutTogetherAreTheWhole() throws {
    let store = try open("R1")
    let queries = [WorklistQuery(), WorklistQuery(sort: .lesions, descending: true), query("rim:absent"), query("m 4")]
    for query in queries {
      let whole = try store.worklist(query, offset: 0, limit: 100)
      var parts: [WorklistRow] = []
      for offset in stride(from: 0, to: whole.total + 5, by: 5) {
        let page = try store.worklist(query, offset: offset, limit: 5)
        #expect(page.offset == offset)
        #expect(page.total == whole.total)
        parts += page.rows
      }
      #expect(parts == whole.rows)
    }
    #expect(try store.worklist(WorklistQuery(), offset: .min, limit: .max).rows.count == 12)
    #expect(try store.worklist(WorklistQuery(descending: true), offset: .max, limit: .max).rows == [])
    #expect(try store.index(of: "4", in: query("rim:absent")) == nil)
    #expect(try store.index(of: "nobody", in: WorklistQuery()) == nil)
  }

  @Test func countsAreThoseOfTheRows() throws {
    for id in people.map(\.id) {
      let store = try open(id)
      let rows = try store.worklist(WorklistQuery(), offset: 0, limit: 100).rows
      func isDraft(_ state: OwnState) -> Bool { if case .draft = state { true } else { false } }
      #expect(
        try store.counts()
          == WorklistCounts(
            cases: 12, signed: rows.count { $0.own == .signed }, draft: rows.count { isDraft($0.own) },
            ready: rows.count { $0.stage == .ready }, recorded: 1))
    }
  }

  @Test func casesAddedLaterFindTheirPlace() throws {
    let store = try open("coord")
    let before = try ids(open("R1"), "")
    _ = try store.importCases([.sample("2a"), .sample("100"), .sample("0")])
    #expect(try ids(store, "").prefix(4) == ["0", "1", "2", "2a"])
    #expect(try ids(store, "").last == "100")
    #expect(try ids(open("R1"), "").filter(before.contains) == before)
    #expect(try open("R1").worklist(WorklistQuery(), offset: 0, limit: 100).rows.map(\.position) == Array(1...15))
  }
}
