#!/bin/sh
# Makes the two databases of a Temporal server, or brings them to its version. Can be run again at any time.
# Where PostgreSQL is: SQL_HOST, SQL_PORT, SQL_USER, SQL_PASSWORD, as for temporal-sql-tool (SQL_TOOL to name another).
set -eu

export SQL_PLUGIN=postgres12
tool=${SQL_TOOL:-temporal-sql-tool}

bring() {
  database=$1
  schema=$2
  # A database that has no version of a schema yet is a new one, or none.
  if ! "$tool" --database "$database" update-schema --schema-name "$schema" 2>/dev/null; then
    "$tool" --database "$database" create-database
    "$tool" --database "$database" setup-schema --version 0.0
    "$tool" --database "$database" update-schema --schema-name "$schema"
  fi
  echo "schema: $database is ready"
}

bring "${DBNAME:-temporal}" postgresql/v12/temporal
bring "${VISIBILITY_DBNAME:-temporal_visibility}" postgresql/v12/visibility
