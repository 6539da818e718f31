// Keys made by ssh-keygen for these tests, with the fingerprints that it prints.

enum Keys {
  static let ed25519 = """
    ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE8F3Ngb5oL21JD7RpyxOl9EjDXFix+N9QhY/She1pCa
    """
  static let ed25519Fingerprint = "SHA256:iXSLptsLyRRFOggZz/SI4P8rhpo2FfP1BRt0LtilrvM"

  static let ecdsa = """
    ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBDHO2+JoPgiBGGiKozSgPMGbE4A4sqNc0Fn5XD\
    ru5Gdo9lyBYFwckyt4YatMH1M3qHdj5kgILEWOTmjkQP3baJy/L047/JU4cNzZOnXEPzPEy1jDk/DEJIqyV5B4mSKWuA==
    """
  static let ecdsaFingerprint = "SHA256:Wzq8N5MqMuAdaYYeLEbOBqOYp0i75TwyIr46rNIlkMU"

  static let rsa = """
    ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCqEBh5o4wqgYFrMcUFhLiAVk2vsECTFFf4JaVhyXKcesEdpzxzfj89PuYJZn7rUCPiMg2G4f\
    k3ppHPZfA3dZJlD2EiWXADVWADX6zkwQYB1OSC43ZIUM1/KT2SXYpVT3cI9RPIhhBq23BfCrGMSgG1Rxmd4fUJlFQxQihbkqjNznnquSzRV8dj\
    8/K5n54y7BgXfRC4Ct9rmi3fQKszb0Z4wRx6Ly2byrtOSQfJy00VZ8QsAaL1PXDruidBNUvHLvtNALKmaO28WKT+QTPG63YYAhnLiOLcGtgBGn\
    Pmyp7HA262QCc45oZgAeL2m/dcXTEs8nYepVnW6ZsmA/xnDaWn
    """
  static let rsaFingerprint = "SHA256:8mbVWt+NFzvIQWG/fbJ3vicmgmsVhfmcMJsIN1FII0w"

  /// 1024 bits.
  static let shortRSA = """
    ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC3J6TFHeKOxuaEPDWwE188lTGs6kHZPKiOsYgU4HGHjNMexuD/SypXUZ3kxa+wRheDP58xK/\
    Q5k5ErjN3skqpv3xZufoC199Gl0OGtNKHHrnyHdHl36NfLLpFEMGEAdaf9+rZRzA7Wj3GTJd1D7BochLAU1QDS6phIhFGFhiY+LQ==
    """

  static let dsa = """
    ssh-dss AAAAB3NzaC1kc3MAAACBAK3zbkeRWOH9hf386CHNWZ5K0kTFRsdjn9+WC9yTaqpnPCbKTTkJcFQqc410jm9APdpwMNMICdmg49yiED\
    /d3ayW/gq7XjNqv0drVAYI9OWeSkBB/TALJthuSPaT7bhso2ItTXm4Y9kb0BCZ2jtt1OFBmDnIEwrhrao7gBHs5Mx1AAAAFQDDjO0yrBVgZ53O\
    5TdXzY7mn8W4UwAAAIEAlr2Gwp6WT1qdar80LsTYjWKrN1fOCEBGMjG12qqSbs0+MLVOVqzGZWu1wOwJuFU4b/bo3BYLSXzC3utV4q1yl6nz+s\
    bFOmdYusNHemw6JIzqhFFa9+V0SjYLVKkeKqLoSc94T2LJpHkxeLfaVEwv/Ap74bif2JrTpa0FsJc7R50AAACAZd/lZ6vgAv7nMQZwS17DKGh4\
    DQPO+t09Uh6O+ZsHJHTsiKUKbRkVWwI92QU2rsitJ81qTaoHwlMzPdkVD0BmqNgDbDTHdXTLjviCTruWF+hXf4Jqs/yVW80lQJiBe0xcTKGqic\
    Bn2qf0eZG8mx/3STM6ypvIu8ssaipv+h4CKY4=
    """
}
