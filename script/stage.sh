# Builds what is installed, and lays it out below a prefix. To be sourced, after packages.sh.

# The installed program brings the Swift libraries with it, so it is built apart from the one that script/run builds.
build_folder=$root/.build-static
built=$build_folder/release

# Builds the program and the tool that writes its manual.
build_for_install() { build_static "to build Endplate" endplate endplate-dicom generate-manual; }

# build_static PURPOSE PRODUCT…: builds products as they are installed.
build_static() {
  local purpose=$1 log product
  shift
  require_swift
  want_build_packages
  install_missing "$purpose"
  log=$(mktemp)
  for product in "$@"; do
    say "Building $product, some minutes the first time…"
    if ! ENDPLATE_COMMIT=$(commit) swift build --package-path "$root" --scratch-path "$build_folder" \
      --configuration release --static-swift-stdlib --product "$product" </dev/null >"$log" 2>&1; then
      cat "$log" >&2
      stop "$product could not be built; the compiler's words are above"
    fi
  done
  rm -f "$log"
}

# lay_out PREFIX: the program, a manual page a command, completions for three shells, and the licences.
lay_out() {
  local prefix=$1 pages name shell
  install -D -m 755 "$built/endplate" "$prefix/bin/endplate"
  # Names of functions stay in for reports of a crash; what a debugger wants goes.
  strip --strip-debug "$prefix/bin/endplate"
  # Started by the program and by nobody else.
  install -D -m 755 "$built/endplate-dicom" "$prefix/libexec/endplate/endplate-dicom"
  strip --strip-debug "$prefix/libexec/endplate/endplate-dicom"
  pages=$(mktemp -d)
  "$built/generate-manual" "$built/endplate" --multi-page --date "$(date -u -d "@$(changed)" +%F)" --output-directory "$pages" \
    >/dev/null
  for name in "$pages"/*.1; do
    # In place of the few words that argument-parser has for every program.
    sed -i 's/^\.Ex -std$/0 when it is done. Else 64: wrong words on the command line; 65: bad data; 66: no such file, case or person; 69: this terminal cannot show it; 73: cannot create; 74: reading or writing failed; 77: not permitted./' "$name"
    gzip -9n "$name"
    install -D -m 644 "$name.gz" "$prefix/share/man/man1/$(basename "$name").gz"
  done
  rm -r "$pages"
  for shell in bash:bash-completion/completions/endplate zsh:zsh/site-functions/_endplate \
    fish:fish/vendor_completions.d/endplate.fish; do
    install -D -m 644 /dev/stdin "$prefix/share/${shell#*:}" \
      < <("$built/endplate" --generate-completion-script "${shell%%:*}")
  done
  install -D -m 644 /dev/stdin "$prefix/share/doc/endplate/copyright" < <(rights)
}

# Endplate's own rights are its owner's to state; those of what is linked are stated by it.
rights() {
  printf '%s\n\n' "Endplate: its owner has not chosen a licence yet. What is linked into it has these:"
  "$built/endplate" licences --all
}

# When the tree was last changed, in seconds: for the days in what is made. Files need not be the same from day to day all
# the same, for each build in a fresh clone takes the newest dependencies that the manifest allows.
changed() { git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s; }
