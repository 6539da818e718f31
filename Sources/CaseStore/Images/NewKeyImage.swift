// A picture that is to be kept, and what came of it.

import ReviewCore
import TextSafety

/// A picture with its pixels, before it is in a study.
public struct NewKeyImage: Sendable {
  public var caseID: CaseID
  /// Its id and its hashes are given by the store.
  public var facts: KeyImage
  /// Row by row.
  public var pixels: [UInt16]
  /// As its file has them; only their salted hashes are kept.
  public var instanceUID: String?
  public var frameOfReferenceUID: String?
  /// Its file says that text is burned into it, or that it is a picture of a screen.
  public var mayHaveText: Bool
  /// What it is called in an error, as its file's path; kept nowhere.
  public var name: String

  public init(
    _ caseID: CaseID, _ facts: KeyImage, pixels: [UInt16], instanceUID: String? = nil,
    frameOfReferenceUID: String? = nil, mayHaveText: Bool = false, name: String
  ) {
    self.caseID = caseID
    self.facts = facts
    self.pixels = pixels
    self.instanceUID = instanceUID
    self.frameOfReferenceUID = frameOfReferenceUID
    self.mayHaveText = mayHaveText
    self.name = name
  }
}

/// What adding images did.
public struct ImagesReport: Codable, Hashable, Sendable {
  public internal(set) var added: [KeyImage] = []
  /// The cases that have one more, each once.
  public internal(set) var cases: [CaseID] = []
  /// There already, the same picture of the same series.
  public internal(set) var unchanged = 0
  /// Bytes that were stored for them; less where other examinations show the same picture.
  public internal(set) var bytes = 0

  public init() {}

  /// `3 images added, 1 there already`.
  public var summary: String {
    added.count.counted("image") + " added" + (unchanged > 0 ? ", \(unchanged) there already" : "")
  }
}
