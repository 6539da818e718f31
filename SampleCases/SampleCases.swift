// The seven cases and the constructed ones, how they are taught, and the practice readings, embedded in the program. What is embedded has no listing; this is it.

package enum SampleCases {
  /// Every file with its name and its bytes.
  package static let files: [(name: String, bytes: [UInt8])] = [
    ("study.yaml", PackageResources.study_yaml),
    ("case_1.yaml", PackageResources.case_1_yaml),
    ("case_2.yaml", PackageResources.case_2_yaml),
    ("case_3.yaml", PackageResources.case_3_yaml),
    ("case_4.yaml", PackageResources.case_4_yaml),
    ("case_5.yaml", PackageResources.case_5_yaml),
    ("case_6.yaml", PackageResources.case_6_yaml),
    ("case_7.yaml", PackageResources.case_7_yaml),
    ("teach_1.yaml", PackageResources.teach_1_yaml),
    ("teach_2.yaml", PackageResources.teach_2_yaml),
    ("teach_3.yaml", PackageResources.teach_3_yaml),
    ("teach_4.yaml", PackageResources.teach_4_yaml),
    ("teach_5.yaml", PackageResources.teach_5_yaml),
    ("teach_6.yaml", PackageResources.teach_6_yaml),
    ("teach_7.yaml", PackageResources.teach_7_yaml),
    ("controls_study.yaml", PackageResources.controls_study_yaml),
    ("control_1.yaml", PackageResources.control_1_yaml),
    ("control_2.yaml", PackageResources.control_2_yaml),
    ("control_3.yaml", PackageResources.control_3_yaml),
    ("control_4.yaml", PackageResources.control_4_yaml),
    ("control_teach_1.yaml", PackageResources.control_teach_1_yaml),
    ("control_teach_2.yaml", PackageResources.control_teach_2_yaml),
    ("control_teach_3.yaml", PackageResources.control_teach_3_yaml),
    ("control_teach_4.yaml", PackageResources.control_teach_4_yaml),
    ("practice_study.yaml", PackageResources.practice_study_yaml),
    ("practice.yaml", PackageResources.practice_yaml),
  ]

  /// Codebook files: the one of the program first.
  package static let codebooks: [(name: String, bytes: [UInt8])] = [
    ("vertebral_osteomyelitis.yaml", PackageResources.vertebral_osteomyelitis_yaml),
    ("sins.yaml", PackageResources.sins_yaml),
    ("lumbar_disks.yaml", PackageResources.lumbar_disks_yaml),
    ("pi_rads.yaml", PackageResources.pi_rads_yaml),
    ("mski_rads.yaml", PackageResources.mski_rads_yaml),
    ("genant.yaml", PackageResources.genant_yaml),
  ]
}
