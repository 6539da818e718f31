// An R script that loads a release: factors with their levels in order, no answer as NA, and the tables of counts.

import ReviewCore
import TextSafety

package enum RScript {
  package static func text(_ export: StudyExport) -> String {
    let findings = export.codebook.findings.filter { !$0.levels.isEmpty && $0.scale != .set }
    let levels = findings.map { finding in
      "  \(quoted(finding.id.rawValue)) = list(ordered = \(finding.isOrdered ? "TRUE" : "FALSE"), levels = c("
        + finding.levels.map { quoted($0.id.rawValue) }.joined(separator: ", ") + "), labels = c("
        + finding.levels.map { quoted($0.title) }.joined(separator: ", ") + "))"
    }
    let titles = export.codebook.findings.map { "  \(quoted($0.id.rawValue)) = \(quoted($0.title))" }
    return """
      # Loads a release of Endplate and prints its tables. Base R, 4.0 or later, nothing to install:
      #   Rscript analyse.R RELEASE
      # From another script: source("analyse.R"); release <- load_release("RELEASE"); ratings(release, "rim_sign")
      # Made by \(export.program) for the codebook \(quotedComment(export.codebook.id)), version \(export.codebook.version).

      findings <- list(
      \(levels.joined(separator: ",\n"))
      )
      titles <- c(
      \(titles.joined(separator: ",\n"))
      )

      # A table as text: ids such as 001 stay as they are, and only an empty cell is missing.
      read_table <- function(folder, name) {
        read.csv(file.path(folder, paste0(name, ".csv")), colClasses = "character", na.strings = "", encoding = "UTF-8",
                 check.names = FALSE)
      }

      load_release <- function(folder) {
        release <- lapply(c(readings = "readings", consensus = "consensus", cases = "cases", codebook = "codebook"),
                          function(name) read_table(folder, name))
        for (name in c("round", "confidence", "seconds", "version"))
          release$readings[[name]] <- as.integer(release$readings[[name]])
        release$cases$age <- as.integer(release$cases$age)
        release
      }

      # The answers to a finding as a factor, its levels in the order of the codebook; NA where there is none.
      answers <- function(rows, finding) {
        value <- ifelse(rows$status == "graded", rows$value, NA)
        known <- findings[[finding]]
        if (is.null(known)) return(factor(value))
        factor(value, levels = known$levels, labels = known$labels, ordered = known$ordered)
      }

      # The grades of a finding with its answers as a factor.
      grades <- function(release, finding, comparator = "baseline") {
        rows <- release$readings
        rows <- rows[rows$finding == finding & rows$comparator == comparator, ]
        rows$answer <- answers(rows, finding)
        rows
      }

      # A row an examination, a column a reader; of findings with one answer an examination.
      ratings <- function(release, finding, round = 1L) {
        rows <- grades(release, finding)
        rows <- rows[rows$round == round & rows$named == "yes", ]
        wide <- tapply(as.character(rows$answer), list(paste(rows$case, rows$examination), rows$reader), function(x) x[1])
        as.data.frame(wide, stringsAsFactors = FALSE)
      }

      print_tables <- function(release) {
        named <- release$readings$named == "yes"
        cat(nrow(release$cases), "cases,", length(unique(release$readings$reader[named])), "readers,",
            nrow(release$readings), "rows of readings,", nrow(release$consensus), "of consensus\\n")
        # A letter is another reader in each case: it has no row of its own in a table of readers.
        if (any(!named)) cat(sum(!named), "rows are left out here: their readers are letters until the consensus is recorded\\n")
        for (finding in names(titles)) {
          rows <- grades(release, finding)
          rows <- rows[rows$named == "yes", ]
          if (nrow(rows) == 0) next
          cat("\\n", titles[[finding]], "\\n", sep = "")
          counted <- if (all(is.na(rows$place)) || !is.null(findings[[finding]])) rows$answer else factor(rows$place)
          print(table(reader = rows$reader, answer = counted, useNA = "ifany"))
          agreed <- release$consensus[release$consensus$finding == finding, ]
          if (nrow(agreed) > 0) {
            cat("consensus\\n")
            print(table(answer = if (is.null(findings[[finding]]) && !all(is.na(agreed$place))) factor(agreed$place)
                                 else answers(agreed, finding), useNA = "ifany"))
          }
        }
      }

      arguments <- commandArgs(trailingOnly = TRUE)
      if (length(arguments) == 1 && sys.nframe() == 0L) print_tables(load_release(arguments[1]))

      """
  }

  /// An R string: backslash and quotation mark escaped, whatever is not plain ASCII as \\u.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value >= 0x20 && scalar.value < 0x7F: result.unicodeScalars.append(scalar)
      default: result += "\\U{\(String(scalar.value, radix: 16))}"
      }
    }
    return result + "\""
  }

  private static func quotedComment(_ text: String) -> String { text.madeSafe }
}
