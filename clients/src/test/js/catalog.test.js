// The JavaScript SDK as it is published, against the Mastic server that AWS_ENDPOINT_URL_GLUE names.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, beforeEach, test } from "node:test";

import {
  AlreadyExistsException,
  BatchCreatePartitionCommand,
  BatchDeleteTableCommand,
  BatchGetPartitionCommand,
  ConcurrentModificationException,
  CreateDatabaseCommand,
  CreatePartitionCommand,
  CreateTableCommand,
  DeleteDatabaseCommand,
  EntityNotFoundException,
  GetColumnStatisticsForTableCommand,
  GetDatabaseCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GetTablesCommand,
  GlueClient,
  GlueServiceException,
  InvalidInputException,
  ListBlueprintsCommand,
  UpdateColumnStatisticsForTableCommand,
  UpdateTableCommand,
  paginateGetDatabases,
  paginateGetPartitions,
  paginateGetTables,
  paginateGetTableVersions,
} from "@aws-sdk/client-glue";

const endpoint = process.env.AWS_ENDPOINT_URL_GLUE;
// Demanded, so that tests which were started by hand never write to an account of AWS.
assert.ok(endpoint, "AWS_ENDPOINT_URL_GLUE must name the server");

const glue = new GlueClient({ endpoint, maxAttempts: 1 });
let DatabaseName;

after(() => glue.destroy());

beforeEach(async () => {
  DatabaseName = `js_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: DatabaseName } }));
});

const storage = (Location) => ({
  Columns: [
    { Name: "id", Type: "bigint" },
    { Name: "total", Type: "decimal(10,2)", Comment: "in €" },
  ],
  Location,
});

const table = (Name, more = {}) => ({ Name, StorageDescriptor: storage(`s3://lake/${Name}/`), ...more });

const partition = (...Values) => ({ Values, StorageDescriptor: storage(`s3://lake/orders/${Values.join("/")}/`) });

const createTable = (Name, more) => glue.send(new CreateTableCommand({ DatabaseName, TableInput: table(Name, more) }));

const getTable = async (Name) => (await glue.send(new GetTableCommand({ DatabaseName, Name }))).Table;

/** A table by country and day, with 20 partitions. */
async function partitioned(TableName) {
  await createTable(TableName, {
    PartitionKeys: [
      { Name: "country", Type: "string" },
      { Name: "day", Type: "int" },
    ],
  });
  const PartitionInputList = ["de", "fr"].flatMap((country) =>
    Array.from({ length: 10 }, (_, day) => partition(country, `${day + 1}`)),
  );
  const answer = await glue.send(new BatchCreatePartitionCommand({ DatabaseName, TableName, PartitionInputList }));
  assert.deepEqual(answer.Errors ?? [], []);
  return { DatabaseName, TableName };
}

/** What all pages hold, each no longer than asked for. */
async function collect(pages, member, pageSize) {
  const found = [];
  for await (const page of pages) {
    assert.ok(page[member].length <= pageSize, `a page has ${page[member].length} ${member}`);
    found.push(...page[member]);
  }
  return found;
}

/** The error must be the SDK's own class, and have a message for people and an id for the log. */
async function fails(type, command) {
  const error = await glue.send(command).then(
    () => assert.fail(`${type.name} expected`),
    (thrown) => thrown,
  );
  assert.ok(error instanceof type, `${error.name}: ${error.message}`);
  assert.ok(error instanceof GlueServiceException);
  assert.equal(error.name, type.name);
  assert.equal(error.$fault, "client");
  assert.equal(error.$metadata.httpStatusCode, 400);
  assert.ok(error.$metadata.requestId);
  assert.ok(error.message);
  return error;
}

test("databases are made, listed and deleted", async () => {
  const { Database } = await glue.send(new GetDatabaseCommand({ Name: DatabaseName.toUpperCase() }));
  assert.equal(Database.Name, DatabaseName);
  assert.ok(Database.CreateTime instanceof Date);
  const databases = await collect(paginateGetDatabases({ client: glue, pageSize: 2 }, {}), "DatabaseList", 2);
  assert.equal(databases.filter(({ Name }) => Name === DatabaseName).length, 1);
  await glue.send(new DeleteDatabaseCommand({ Name: DatabaseName }));
  await fails(EntityNotFoundException, new GetDatabaseCommand({ Name: DatabaseName }));
});

test("tables come in pages", async () => {
  const names = ["a", "b", "c", "d", "e"];
  for (const name of names) {
    await createTable(name);
  }
  const tables = await collect(paginateGetTables({ client: glue, pageSize: 2 }, { DatabaseName }), "TableList", 2);
  assert.deepEqual(tables.map(({ Name }) => Name).sort(), names);
  assert.deepEqual(tables[0].StorageDescriptor.Columns, storage("").Columns);
  const matching = paginateGetTables({ client: glue, pageSize: 1 }, { DatabaseName, Expression: "[ab]" });
  assert.equal((await collect(matching, "TableList", 1)).length, 2);
  await fails(InvalidInputException, new GetTablesCommand({ DatabaseName, NextToken: "no token" }));
});

test("partitions come in pages, segments and by expression", async () => {
  const orders = await partitioned("orders");
  const key = ({ Values }) => Values.join("/");
  const read = async (request) =>
    (await collect(paginateGetPartitions({ client: glue, pageSize: 3 }, { ...orders, ...request }), "Partitions", 3)).map(
      key,
    );
  const whole = await read({});
  assert.equal(new Set(whole).size, 20);
  assert.equal(whole.length, 20);
  const shares = await Promise.all([0, 1, 2].map((n) => read({ Segment: { SegmentNumber: n, TotalSegments: 3 } })));
  assert.deepEqual(shares.flat().sort(), whole.toSorted());
  assert.deepEqual((await read({ Expression: "country = 'fr' AND day >= 9" })).sort(), ["fr/10", "fr/9"]);
  assert.equal((await read({ Expression: "" })).length, 20);
  await fails(InvalidInputException, new GetPartitionsCommand({ ...orders, Expression: "country = 'fr" }));
});

test("errors are the SDK's own classes", async () => {
  await createTable("orders");
  const missing = await fails(EntityNotFoundException, new GetTableCommand({ DatabaseName, Name: "absent" }));
  assert.match(missing.message, /absent/);
  await fails(AlreadyExistsException, new CreateTableCommand({ DatabaseName, TableInput: table("orders") }));
  const wrong = { DatabaseName, TableName: "orders", PartitionInput: partition("de") };
  await fails(InvalidInputException, new CreatePartitionCommand(wrong));
  await assert.rejects(glue.send(new ListBlueprintsCommand({})), { name: "UnknownOperationException" });
  const stranger = new GlueClient({ endpoint, credentials: { accessKeyId: "mastic", secretAccessKey: "guessed" } });
  await assert.rejects(stranger.send(new GetTablesCommand({ DatabaseName })), { name: /Signature/ });
  stranger.destroy();
});

test("of two writers one wins, and versions are kept", async () => {
  await createTable("orders", { Description: "first" });
  const { VersionId } = await getTable("orders");
  const update = (Description) =>
    new UpdateTableCommand({ DatabaseName, VersionId, TableInput: table("orders", { Description }) });
  const outcomes = await Promise.allSettled(["one", "other"].map((description) => glue.send(update(description))));
  const refused = outcomes.filter(({ status }) => status === "rejected");
  assert.equal(refused.length, 1);
  assert.ok(refused[0].reason instanceof ConcurrentModificationException, refused[0].reason);
  await fails(ConcurrentModificationException, update("late"));
  const pages = paginateGetTableVersions({ client: glue, pageSize: 1 }, { DatabaseName, TableName: "orders" });
  const versions = await collect(pages, "TableVersions", 1);
  assert.ok(versions.some(({ Table }) => Table.Description === "first"));
});

test("times are dates", async () => {
  const told = new Date("2024-02-29T12:30:15.250Z");
  await createTable("orders", { LastAccessTime: told });
  const found = await getTable("orders");
  assert.ok(found.CreateTime instanceof Date && found.UpdateTime instanceof Date);
  assert.ok(Math.abs(found.CreateTime.getTime() - Date.now()) < 300_000, found.CreateTime.toISOString());
  assert.equal(found.LastAccessTime.toISOString(), told.toISOString());
});

test("batches name what failed", async () => {
  const orders = await partitioned("orders");
  const made = await glue.send(
    new BatchCreatePartitionCommand({ ...orders, PartitionInputList: [partition("de", "1"), partition("es", "1")] }),
  );
  assert.equal(made.Errors.length, 1);
  assert.deepEqual(made.Errors[0].PartitionValues, ["de", "1"]);
  assert.equal(made.Errors[0].ErrorDetail.ErrorCode, "AlreadyExistsException");
  const got = await glue.send(
    new BatchGetPartitionCommand({ ...orders, PartitionsToGet: [{ Values: ["es", "1"] }, { Values: ["es", "2"] }] }),
  );
  assert.deepEqual(got.Partitions.map(({ Values }) => Values), [["es", "1"]]);
  assert.deepEqual(got.UnprocessedKeys ?? [], []);
  const gone = await glue.send(new BatchDeleteTableCommand({ DatabaseName, TablesToDelete: ["orders", "absent"] }));
  assert.deepEqual(gone.Errors.map(({ TableName }) => TableName), ["absent"]);
});

test("numbers and bytes of statistics survive", async () => {
  await createTable("orders");
  const AnalyzedTime = new Date("2025-06-01T08:00:00Z");
  const decimal = { UnscaledValue: Uint8Array.of(1, 0, 255), Scale: 2 };
  const statistics = [
    {
      ColumnName: "id",
      ColumnType: "bigint",
      AnalyzedTime,
      StatisticsData: {
        Type: "LONG",
        LongColumnStatisticsData: {
          MinimumValue: -5,
          MaximumValue: Number.MAX_SAFE_INTEGER,
          NumberOfNulls: 0,
          NumberOfDistinctValues: 9,
        },
      },
    },
    {
      ColumnName: "total",
      ColumnType: "decimal(10,2)",
      AnalyzedTime,
      StatisticsData: {
        Type: "DECIMAL",
        DecimalColumnStatisticsData: {
          MinimumValue: decimal,
          MaximumValue: decimal,
          NumberOfNulls: 1,
          NumberOfDistinctValues: 1,
        },
      },
    },
  ];
  const orders = { DatabaseName, TableName: "orders" };
  await glue.send(new UpdateColumnStatisticsForTableCommand({ ...orders, ColumnStatisticsList: statistics }));
  const answer = await glue.send(
    new GetColumnStatisticsForTableCommand({ ...orders, ColumnNames: ["id", "total", "absent"] }),
  );
  assert.deepEqual(
    answer.ColumnStatisticsList.toSorted((a, b) => a.ColumnName.localeCompare(b.ColumnName)),
    statistics,
  );
  assert.deepEqual(answer.Errors.map(({ ColumnName }) => ColumnName), ["absent"]);
});

test("names and values are Unicode", async () => {
  const text = 'größe 🦀 日本語 "quoted" \\ back\tslash';
  await createTable("Straße_日本語", {
    Description: text,
    Parameters: { ключ: text },
    PartitionKeys: [{ Name: "город", Type: "string" }],
  });
  const found = await getTable("STRASSE_日本語".replace("SS", "ß"));
  assert.equal(found.Name, "straße_日本語");
  assert.equal(found.Description, text);
  assert.deepEqual(found.Parameters, { ключ: text });
  const TableName = found.Name;
  for (const value of ["Москва", "O'Higgins", "🦀"]) {
    await glue.send(new CreatePartitionCommand({ DatabaseName, TableName, PartitionInput: partition(value) }));
    const Expression = `город = '${value.replaceAll("'", "''")}'`;
    const { Partitions } = await glue.send(new GetPartitionsCommand({ DatabaseName, TableName, Expression }));
    assert.deepEqual(Partitions.map(({ Values }) => Values), [[value]]);
  }
});
