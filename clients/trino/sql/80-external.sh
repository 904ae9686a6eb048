# Tables that are not Trino's: CSV and Parquet registered by the Glue API, and what a crawler finds.
external=$TRINO_SCHEMA"_external"
glue CreateDatabase "{\"DatabaseInput\":{\"Name\":\"$external\"}}" >/dev/null

printf 'id;name;amount\n1;ann;1.5\n2;"bob; the second";2.5\n' >"$target/people.csv"
s3 PUT "/$TRINO_BUCKET/external/people/people.csv" "$target/people.csv" >/dev/null
glue CreateTable "{\"DatabaseName\":\"$external\",\"TableInput\":{\"Name\":\"people\",\"TableType\":\"EXTERNAL_TABLE\",
  \"Parameters\":{\"skip.header.line.count\":\"1\"},
  \"StorageDescriptor\":{\"Location\":\"s3://$TRINO_BUCKET/external/people/\",
    \"Columns\":[{\"Name\":\"id\",\"Type\":\"string\"},{\"Name\":\"name\",\"Type\":\"string\"},{\"Name\":\"amount\",\"Type\":\"string\"}],
    \"InputFormat\":\"org.apache.hadoop.mapred.TextInputFormat\",
    \"OutputFormat\":\"org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat\",
    \"SerdeInfo\":{\"SerializationLibrary\":\"org.apache.hadoop.hive.serde2.OpenCSVSerde\",
      \"Parameters\":{\"separatorChar\":\";\",\"quoteChar\":\"\\\"\",\"escapeChar\":\"\\\\\\\\\"}}}}}" >/dev/null

# Partitioned text, whose second partition lies elsewhere.
for day in 2026-01-01 2026-01-02; do
    printf '%s,7\n' "$day" >"$target/day.csv"
    s3 PUT "/$TRINO_BUCKET/external/days/$day.csv/data" "$target/day.csv" >/dev/null
done
storage() {
    echo "{\"Location\":\"$1\",\"Columns\":[{\"Name\":\"day\",\"Type\":\"string\"},{\"Name\":\"n\",\"Type\":\"int\"}],
      \"InputFormat\":\"org.apache.hadoop.mapred.TextInputFormat\",
      \"OutputFormat\":\"org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat\",
      \"SerdeInfo\":{\"SerializationLibrary\":\"org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe\",\"Parameters\":{\"field.delim\":\",\"}}}"
}
glue CreateTable "{\"DatabaseName\":\"$external\",\"TableInput\":{\"Name\":\"days\",\"TableType\":\"EXTERNAL_TABLE\",
  \"PartitionKeys\":[{\"Name\":\"ds\",\"Type\":\"date\"}],
  \"StorageDescriptor\":$(storage "s3://$TRINO_BUCKET/external/days/")}}" >/dev/null
glue BatchCreatePartition "{\"DatabaseName\":\"$external\",\"TableName\":\"days\",\"PartitionInputList\":[
  {\"Values\":[\"2026-01-01\"],\"StorageDescriptor\":$(storage "s3://$TRINO_BUCKET/external/days/2026-01-01.csv/")},
  {\"Values\":[\"2026-01-02\"],\"StorageDescriptor\":$(storage "s3://$TRINO_BUCKET/external/days/2026-01-02.csv/")}]}" >/dev/null

# A crawler over flights as CSV, and over the Parquet that Trino itself wrote.
for month in 01 02; do
    s3 PUT "/$TRINO_BUCKET/external/flights/month=$month/flights.csv.gz" \
        "$here/../../examples/src/main/data/flights/flights-2001-$month.csv.gz" >/dev/null
done
glue CreateCrawler "{\"Name\":\"$TRINO_SCHEMA\",\"Role\":\"any\",\"DatabaseName\":\"$external\",\"Targets\":{\"S3Targets\":[
  {\"Path\":\"s3://$TRINO_BUCKET/external/flights/\"},{\"Path\":\"s3://$TRINO_BUCKET/synced/\"}]}}" >/dev/null
glue StartCrawler "{\"Name\":\"$TRINO_SCHEMA\"}" >/dev/null
for _ in $(seq 120); do
    if glue GetCrawler "{\"Name\":\"$TRINO_SCHEMA\"}" | grep -q '"State":"READY"'; then
        break
    fi
    sleep 0.5
done
glue DeleteCrawler "{\"Name\":\"$TRINO_SCHEMA\"}" >/dev/null
