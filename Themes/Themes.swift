// The built-in themes: base16 schemes embedded in the program, by the names a person types.

package enum BuiltInThemes {
  /// Name and file (YAML, UTF-8), in the order they are offered; the first is the default.
  package static let all: [(name: String, bytes: [UInt8])] = [
    ("reading-room", PackageResources.reading_room_yaml),
    ("daylight", PackageResources.daylight_yaml),
    ("high-contrast", PackageResources.high_contrast_yaml),
    ("deuteranopia", PackageResources.deuteranopia_yaml),
    ("tritanopia", PackageResources.tritanopia_yaml),
    ("sixteen", PackageResources.sixteen_yaml),
    ("mono", PackageResources.mono_yaml),
  ]
}
