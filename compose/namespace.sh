#!/bin/sh
# Makes the namespace of TEMPORAL_NAMESPACE and the search attributes that runs are found by. Can be run again at any time.
# Where the server is: TEMPORAL_ADDRESS and the other settings of the temporal command (TEMPORAL_CLI to name another).
set -eu

temporal=${TEMPORAL_CLI:-temporal}
namespace=${TEMPORAL_NAMESPACE:-default}
tries=${NAMESPACE_TRIES:-60}
attributes="RekindleApplication RekindleRun RekindlePhase RekindleMode RekindleRecoveryRegion RekindleBlockedOn RekindleOutcome"

# A server that has just started, or just heard of a namespace, is asked again.
patiently() {
  try=1
  until said=$("$@" 2>&1); do
    if [ "$try" -ge "$tries" ]; then
      echo "namespace: '$*' failed $tries times; the last words were: $said" >&2
      exit 1
    fi
    try=$((try + 1))
    sleep 1
  done
}

exists() {
  "$temporal" operator namespace describe --namespace "$namespace" >/dev/null 2>&1
}

make_namespace() {
  exists || "$temporal" operator namespace create --namespace "$namespace" --retention "${RETENTION:-720h}"
}

known() {
  "$temporal" operator search-attribute list --namespace "$namespace"
}

make_attributes() {
  list=$(known) || return 1
  for name in $attributes; do
    if ! printf '%s\n' "$list" | grep -qw "$name"; then
      "$temporal" operator search-attribute create --namespace "$namespace" --name "$name" --type Keyword || return 1
    fi
  done
}

patiently "$temporal" operator cluster health
patiently make_namespace
patiently make_attributes
echo "namespace: $namespace is ready"
