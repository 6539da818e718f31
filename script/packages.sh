# What the scripts need to know: how to find out what is missing, and how to install it. To be sourced.

say() { printf '%s\n' "$*" >&2; }

stop() {
  say "$@"
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Whether one of these C or C++ headers can be included with what is installed.
have_header() {
  local header
  for header in "$@"; do
    if printf '#if !__has_include(<%s>)\n#error\n#endif\n' "$header" | c++ -E -x c++ -o /dev/null - 2>/dev/null; then return 0; fi
  done
  return 1
}

# Whether there is what https asks: without it git fetches no dependency.
have_certificates() { [ -e /etc/ssl/certs/ca-certificates.crt ] || [ -e /etc/pki/tls/certs/ca-bundle.crt ]; }

# What only root may do: as root, or by sudo, which asks for the password.
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
can_be_root() { [ "$(id -u)" = 0 ] || have sudo; }

missing=()

# want PACKAGE CHECK...: notes the Debian package down unless the check succeeds.
want() {
  local package=$1
  shift
  "$@" || missing+=("$package")
}

# Packages that building needs. `libncurses-dev` is what `libncursesw5-dev` is called by now, and comes with it.
want_build_packages() {
  want git have git
  want ca-certificates have_certificates
  want g++ have c++
  want libncurses-dev have_header ncurses.h
  want libsqlite3-dev have_header sqlite3.h
  # For the program that reads DICOM and PNG files; the manifest leaves it out where these are missing.
  want libdcmtk-dev have_header dcmtk/dcmdata/dctk.h
  want libopenjp2-7-dev have_header openjpeg-2.{5,4,3}/openjpeg.h
  want libpng-dev have_header png.h
  want zlib1g-dev have_header zlib.h
  # The answer of a manifest is kept; said like this it is asked anew once they are there.
  export ENDPLATE_PICTURES=yes
}

# install_missing WHY: installs what was noted down.
install_missing() {
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! have apt-get; then
    stop "Endplate needs these packages $1, by their Debian names: ${missing[*]}." \
      "There is no apt-get here to install them with; please install what they are called here, and start again."
  fi
  can_be_root || stop "Endplate needs these packages $1: ${missing[*]}. Please have them installed by root."
  say "Installing ${missing[*]} $1"
  local log
  log=$(mktemp)
  # Package lists may be old or not there at all; an update that fails in part may still do.
  as_root apt-get update </dev/null >"$log" 2>&1 || true
  if ! as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --no-install-recommends "${missing[@]}" </dev/null >>"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    stop "apt-get could not install: ${missing[*]}"
  fi
  rm -f "$log"
}

# Swift is not in Debian: say where to get it.
require_swift() {
  have swift || stop "Endplate is written in Swift, and there is no swift here. Get 6.1 or later: https://www.swift.org/install"
  local said version
  if ! said=$(swift --version 2>&1); then
    say "$said"
    stop "The swift here does not start. What it needs is listed at https://www.swift.org/install"
  fi
  version=$(sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' <<<"$said" | head -n 1)
  case $version in
    [0-5].* | 6.0) stop "Endplate needs Swift 6.1 or later, this is $version. Get it: https://www.swift.org/install" ;;
  esac
}

# The commit that is built, for `endplate --version`: the environment's word where there is one, as in a tree without git;
# else git's, with a mark where files differ from it; else nothing.
commit() {
  if [ -n "${ENDPLATE_COMMIT:-}" ]; then
    printf '%s' "$ENDPLATE_COMMIT"
  elif git -C "$root" rev-parse --short=12 HEAD 2>/dev/null | tr -d '\n'; then
    [ -z "$(git -C "$root" status --porcelain --untracked-files=no 2>/dev/null)" ] || printf ', changed since'
  fi
}

# The version of the program, from where it stands.
version() { sed -n 's/^  static let version = "\(.*\)"$/\1/p' "$root/Sources/endplate/Endplate.swift"; }
