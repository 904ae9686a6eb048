package dev.mastic.crawler.jdbc;

/** What PostgreSQL is asked beyond JDBC's metadata, each with a schema as its parameter. */
final class PostgresQueries {
    /** Table, column, the type as declared, and the same with domains replaced by what they are made of. */
    static final String TYPES = """
            with recursive domains as (
              select oid, typbasetype, typtypmod from pg_type where typtype = 'd'
              union all
              select d.oid, t.typbasetype, t.typtypmod
                from domains d join pg_type t on t.oid = d.typbasetype where t.typtype = 'd'),
            bases as (
              select d.oid, format_type(d.typbasetype, d.typtypmod) as base
                from domains d join pg_type t on t.oid = d.typbasetype where t.typtype <> 'd')
            select c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                coalesce(b.base, case t.typtype when 'e' then 'text' else format_type(a.atttypid, a.atttypmod) end)
              from pg_attribute a
              join pg_class c on c.oid = a.attrelid
              join pg_namespace n on n.oid = c.relnamespace
              join pg_type t on t.oid = a.atttypid
              left join bases b on b.oid = a.atttypid
             where n.nspname = ? and c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped""";

    /** Table, rows and bytes; of a partitioned table those of its partitions. A table that was not analyzed has -1 rows. */
    static final String ESTIMATES = """
            select c.relname,
                case c.relkind when 'p' then
                  (select sum(greatest(p.reltuples, 0)) from pg_partition_tree(c.oid) t
                     join pg_class p on p.oid = t.relid where t.isleaf)
                else c.reltuples end,
                case c.relkind when 'p' then
                  (select sum(pg_table_size(t.relid)) from pg_partition_tree(c.oid) t where t.isleaf)
                else pg_table_size(c.oid) end
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = ? and c.relkind in ('r', 'p', 'm')""";

    /** Tables that are partitions of another. */
    static final String PARTITIONS = """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = ? and c.relispartition""";

    private PostgresQueries() {}
}
