// What sshd says of itself, and what of it would leave a seat open.

import Testing

@testable import Seats

@Suite struct SshdSettingsTests {
  private static let good = """
    port 22
    pubkeyauthentication yes
    passwordauthentication no
    kbdinteractiveauthentication no
    permituserenvironment no
    acceptenv LANG
    acceptenv LC_* COLORTERM
    permittunnel no
    permittty yes
    forcecommand none
    strictmodes yes
    clientaliveinterval 15
    clientalivecountmax 4
    setenv SWIFT_BACKTRACE=enable=no
    """

  @Test func asTheGuideSetsItThereIsNothingToMend() {
    #expect(SshdSettings(Self.good).faults.isEmpty)
  }

  @Test(arguments: [
    ("pubkeyauthentication yes", "pubkeyauthentication no", "PubkeyAuthentication yes"),
    ("passwordauthentication no", "passwordauthentication yes", "PasswordAuthentication no"),
    ("kbdinteractiveauthentication no", "kbdinteractiveauthentication yes", "KbdInteractiveAuthentication no"),
    ("permituserenvironment no", "permituserenvironment LANG,LD_*", "PermitUserEnvironment no"),
    ("acceptenv LANG", "acceptenv *", "AcceptEnv LANG LC_*"),
    ("acceptenv LANG", "acceptenv LD_PRELOAD", "AcceptEnv LANG LC_*"),
    ("permittunnel no", "permittunnel ethernet", "PermitTunnel no"),
    ("permittty yes", "permittty no", "PermitTTY yes"),
    ("forcecommand none", "forcecommand /bin/sh", "ForceCommand none"),
    ("strictmodes yes", "strictmodes no", "StrictModes yes"),
    ("clientaliveinterval 15", "clientaliveinterval 0", "ClientAliveInterval 15 and ClientAliveCountMax 4"),
    ("clientalivecountmax 4", "clientalivecountmax 0", "ClientAliveCountMax 4"),
    ("setenv SWIFT_BACKTRACE=enable=no", "setenv SWIFT_BACKTRACE=enable=yes", "SetEnv SWIFT_BACKTRACE=enable=no"),
    ("setenv SWIFT_BACKTRACE=enable=no", "setenv LANG=C.UTF-8", "SetEnv SWIFT_BACKTRACE=enable=no"),
  ])
  func eachSettingThatLeavesASeatOpenIsNamed(good: String, bad: String, cure: String) {
    #expect(SshdSettings(Self.good.replacing(good, with: bad)).faults.map(\.cure) == [cure])
  }

  @Test func theCureGoesWhereTheGuidePutsIt() {
    let bad = Self.good.replacing("passwordauthentication no", with: "passwordauthentication yes")
      .replacing("strictmodes yes", with: "strictmodes no")
    #expect(
      SshdSettings(bad).faults.map { $0.cure(for: "study") } == [
        "In /etc/ssh/sshd_config.d/endplate.conf, below ‘Match User study’: PasswordAuthentication no",
        "In /etc/ssh/sshd_config, above any Match: StrictModes yes",
      ])
  }

  @Test func whatSshdDoesNotNameIsNoFaultButForTheVariablesItSets() {
    #expect(SshdSettings("port 22\n").faults.map(\.cure) == ["SetEnv SWIFT_BACKTRACE=enable=no"])
    #expect(SshdSettings("setenv LANG=C.UTF-8 SWIFT_BACKTRACE=enable=no\n").faults.isEmpty)
    #expect(SshdSettings("setenv LANG=C.UTF-8\nsetenv SWIFT_BACKTRACE=enable=no\n").faults.isEmpty)
  }
}
