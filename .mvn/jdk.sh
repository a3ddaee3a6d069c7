# Finds a JDK that can build and run Rekindle and puts it into JAVA_HOME. Sourced by mvnw and rekindle (POSIX sh).
# Leaves JAVA_HOME alone and returns 1 when there is none. Versions are read from files: no JVM is started.

REKINDLE_JDK_MINIMUM=21

jdk_major() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  jdk_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$jdk_version" ] && [ "$jdk_version" -ge "$REKINDLE_JDK_MINIMUM" ]
}

jdk_on_path() {
  jdk_command=$(command -v javac 2>/dev/null) || return 0
  jdk_command=$(readlink -f "$jdk_command" 2>/dev/null) || return 0
  printf '%s\n' "${jdk_command%/bin/javac}"
}

jdk_candidates() {
  printf '%s\n' "${REKINDLE_JAVA_HOME:-}" "${JAVA_HOME:-}" "$(jdk_on_path)"
  env | sed -n 's/^JAVA_\{0,1\}HOME_[^=]*=//p; s/^JDK[0-9_]*=//p'
  for jdk_home in "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* /usr/lib/jvm/* /usr/local/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    printf '%s\n' "$jdk_home"
  done
}

find_jdk() {
  jdk_found=$(jdk_candidates | while IFS= read -r jdk_home; do
    if [ -n "$jdk_home" ] && jdk_major "$jdk_home"; then
      printf '%s\n' "$jdk_home"
      break
    fi
  done)
  [ -n "$jdk_found" ] || return 1
  JAVA_HOME=$jdk_found
  export JAVA_HOME
}
