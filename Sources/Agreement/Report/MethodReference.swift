// The publications behind the figures, by the words in which text cites them.

/// A publication that a report cites.
public struct MethodReference: Sendable, Equatable {
  /// As it is cited, `Gwet 2008`.
  public let mark: String
  /// The rest of the citation.
  public let citation: String

  /// Those whose mark stands in a text, in the order of this list, as lines of a list of references.
  public static func cited(in text: String) -> [String] {
    all.filter { text.contains($0.mark) }.map { "\($0.mark). \($0.citation)" }
  }

  /// Alphabetically.
  public static let all: [MethodReference] = [
    (
      "Bhapkar 1966",
      "A note on the equivalence of two test criteria for hypotheses in categorical data. J Am Stat Assoc 61:228-235."
    ),
    (
      "Bland and Altman 1986",
      "Statistical methods for assessing agreement between two methods of clinical measurement. Lancet 327:307-310."
    ),
    ("Bowker 1948", "A test for symmetry in contingency tables. J Am Stat Assoc 43:572-574."),
    (
      "Brennan and Prediger 1981",
      "Coefficient kappa: some uses, misuses, and alternatives. Educ Psychol Meas 41:687-699."
    ),
    ("Byrt, Bishop and Carlin 1993", "Bias, prevalence and kappa. J Clin Epidemiol 46:423-429."),
    (
      "Carkeet 2015",
      "Exact parametric confidence intervals for Bland-Altman limits of agreement. Optom Vis Sci 92:e71-e80."
    ),
    (
      "Christensen, Borgbjerg, Børty and Bøgsted 2020",
      "On Jones et al.'s method for extending Bland-Altman plots to limits of agreement with the mean for multiple observers. BMC Med Res Methodol 20:304."
    ),
    (
      "Cicchetti and Allison 1971",
      "A new procedure for assessing reliability of scoring EEG sleep recordings. Am J EEG Technol 11:101-109."
    ),
    (
      "Cicchetti and Feinstein 1990",
      "High agreement but low kappa: II. Resolving the paradoxes. J Clin Epidemiol 43:551-558."
    ),
    (
      "Clopper and Pearson 1934",
      "The use of confidence or fiducial limits illustrated in the case of the binomial. Biometrika 26:404-413."
    ),
    ("Cochran 1950", "The comparison of percentages in matched samples. Biometrika 37:256-266."),
    ("Cohen 1960", "A coefficient of agreement for nominal scales. Educ Psychol Meas 20:37-46."),
    (
      "Cohen 1968",
      "Weighted kappa: nominal scale agreement with provision for scaled disagreement or partial credit. Psychol Bull 70:213-220."
    ),
    ("Conger 1980", "Integration and generalization of kappas for multiple raters. Psychol Bull 88:322-328."),
    ("Efron 1979", "Bootstrap methods: another look at the jackknife. Ann Stat 7:1-26."),
    ("Fleiss 1971", "Measuring nominal scale agreement among many raters. Psychol Bull 76:378-382."),
    (
      "Fleiss and Cohen 1973",
      "The equivalence of weighted kappa and the intraclass correlation coefficient as measures of reliability. Educ Psychol Meas 33:613-619."
    ),
    (
      "Fleiss, Cohen and Everitt 1969",
      "Large sample standard errors of kappa and weighted kappa. Psychol Bull 72:323-327."
    ),
    (
      "Graham and Bull 1998",
      "Approximate standard errors and confidence intervals for indices of positive and negative agreement. J Clin Epidemiol 51:763-771."
    ),
    (
      "Gwet 2008",
      "Computing inter-rater reliability and its variance in the presence of high agreement. Br J Math Stat Psychol 61:29-48."
    ),
    ("Gwet 2011", "On the Krippendorff's alpha coefficient. Manuscript."),
    ("Gwet 2014", "Handbook of inter-rater reliability, 4th ed. Advanced Analytics, Gaithersburg."),
    (
      "Krippendorff 2011",
      "Computing Krippendorff's alpha-reliability. Annenberg School for Communication, University of Pennsylvania."
    ),
    (
      "Light 1971",
      "Measures of response agreement for qualitative data: some generalizations and alternatives. Psychol Bull 76:365-377."
    ),
    (
      "Maxwell 1970", "Comparing the classification of subjects by two independent judges. Br J Psychiatry 116:651-655."
    ),
    (
      "McGraw and Wong 1996",
      "Forming inferences about some intraclass correlation coefficients. Psychol Methods 1:30-46."
    ),
    (
      "McNemar 1947",
      "Note on the sampling error of the difference between correlated proportions or percentages. Psychometrika 12:153-157."
    ),
    ("Quenouille 1956", "Notes on bias in estimation. Biometrika 43:353-360."),
    (
      "Stuart 1955",
      "A test for homogeneity of the marginal distributions in a two-way classification. Biometrika 42:412-416."
    ),
    ("Tukey 1958", "Bias and confidence in not-quite large samples (abstract). Ann Math Stat 29:614."),
  ].map { MethodReference(mark: $0.0, citation: $0.1) }
}
