package io.rekindle.action.aws.verify;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How tables are read in the words of an engine, so that each of its servers gives the same answer
 * for the same rows, whatever its settings are and however it stores them.
 */
enum Dialect {
  MYSQL {
    /** What may be long is hashed by itself: a row must fit into a packet. */
    private static final String LONG =
        ".*(text|blob)|json|.*(geom|point|linestring|polygon).*|vector";

    private static final String PLAIN =
        "(tiny|small|medium|big)?int|decimal|double|year|date|datetime|time|timestamp";

    @Override
    List<String> beginning() {
      return List.of(
          "set session sql_mode = '', time_zone = '+00:00'",
          "set session transaction isolation level repeatable read",
          "start transaction with consistent snapshot, read only");
    }

    @Override
    String structure() {
      return """
      select table_name, concat('`', replace(table_name, '`', '``'), '`'), '', 'table'
        from information_schema.tables
        where table_schema = database() and table_type in ('BASE TABLE', 'SYSTEM VERSIONED')
      union all
      select table_name, concat('`', replace(column_name, '`', '``'), '`'), data_type,
          concat_ws(' ', 'column', lpad(ordinal_position, 5, '0'), quote(column_name), column_type,
            is_nullable, coalesce(collation_name, '-'), extra like '%auto_increment%')
        from information_schema.columns where table_schema = database()
      union all
      select table_name, '', '',
          concat_ws(' ', 'index', quote(index_name), lpad(seq_in_index, 5, '0'), non_unique,
            coalesce(quote(column_name), 'expression'), coalesce(sub_part, '-'))
        from information_schema.statistics where table_schema = database()
      """;
    }

    /** Older servers tell the width of integers, and have another name for a character set. */
    @Override
    String unversioned(String line) {
      return line.replaceAll("\\b((tiny|small|medium|big)?int)\\(\\d+\\)", "$1")
          .replaceAll("\\butf8_", "utf8mb3_");
    }

    /** A row that gave no checksum makes the sum negative, and that no answer. */
    @Override
    String sum(String table, List<Structure.Column> columns) {
      String row = columns.stream().map(this::value).collect(Collectors.joining(", "));
      return """
      select n, if(s < 0, null, s) from (select count(*) as n, coalesce(sum(coalesce(
          cast(conv(left(sha2(concat_ws(',', %s), 256), 16), 16, 10) as unsigned),
          -1e60)), 0) as s from %s) as sums
      """
          .replace("-1e60", "-1" + "0".repeat(40))
          .formatted(row, table);
    }

    private String value(Structure.Column column) {
      String name = column.quoted();
      if (column.type().matches(LONG)) {
        return "coalesce(sha2(" + name + ", 256), '-')";
      }
      if (column.type().matches(PLAIN)) {
        return "coalesce(" + name + ", '-')";
      }
      // As text a float has six digits; as a double it has all.
      return column.type().equals("float")
          ? "coalesce(" + name + " + 0e0, '-')"
          : "coalesce(hex(cast(" + name + " as binary)), '-')";
    }
  },
  POSTGRESQL {
    @Override
    List<String> beginning() {
      return List.of(
          "start transaction isolation level repeatable read, read only",
          "set local timezone = 'UTC'",
          "set local datestyle = 'ISO, YMD'",
          "set local intervalstyle = 'postgres'",
          "set local extra_float_digits = 3",
          "set local bytea_output = 'hex'",
          "set local lc_monetary = 'C'");
    }

    @Override
    String structure() {
      return """
      with tables as (
        select c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted,
            case n.nspname when current_schema() then '' else n.nspname || '.' end || c.relname
              as name
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
            and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
            and not exists (select 1 from pg_depend d
              where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'))
      select name, quoted, '', 'table' from tables
      union all
      select t.name, quote_ident(a.attname), '',
          concat_ws(' ', 'column',
            lpad((row_number() over (partition by t.oid order by a.attnum))::text, 5, '0'),
            quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), a.attnotnull,
            coalesce((select collname from pg_collation where oid = a.attcollation), '-'),
            a.attidentity)
        from pg_attribute a join tables t on t.oid = a.attrelid
        where a.attnum > 0 and not a.attisdropped
      union all
      select t.name, '', '', concat_ws(' ', 'index', i.indisprimary, i.indisvalid,
          pg_get_indexdef(i.indexrelid))
        from pg_index i join tables t on t.oid = i.indrelid
      """;
    }

    @Override
    String unversioned(String line) {
      return line;
    }

    @Override
    String sum(String table, List<Structure.Column> columns) {
      return """
      select count(*), coalesce(sum(('x' || left(encode(sha256(convert_to(
          (each.*)::text, getdatabaseencoding())), 'hex'), 16))::bit(64)::bigint), 0)
        from %s as each
      """
          .formatted(table);
    }
  };

  static Dialect of(Engine engine) {
    return switch (engine) {
      case MYSQL -> MYSQL;
      case POSTGRESQL -> POSTGRESQL;
    };
  }

  /** Statements that begin a transaction which sees one state of all tables. */
  abstract List<String> beginning();

  /**
   * Of each table, each of its columns and each part of its indexes: the table, its own quoted
   * name, its type and what is to be compared of it.
   */
  abstract String structure();

  /** What is to be compared, as a server of any version would say it. */
  abstract String unversioned(String line);

  /** The number of rows, and a sum over what each of them holds. */
  abstract String sum(String table, List<Structure.Column> columns);

  String count(String table) {
    return "select count(*) from " + table;
  }
}
