"""boto3 as it is published, against the Mastic server that AWS_ENDPOINT_URL_GLUE names.

    AWS_ENDPOINT_URL_GLUE=http://127.0.0.1:7700 AWS_REGION=us-east-1 \\
    AWS_ACCESS_KEY_ID=mastic AWS_SECRET_ACCESS_KEY=mastic python3 catalog.py -v

Each test has a database of its own, which it leaves behind.
"""

import base64
import json
import os
import unittest
import uuid
from datetime import datetime, timedelta, timezone

import boto3
from botocore.exceptions import ClientError, ParamValidationError

# Demanded, so that a script which was started by hand never writes to an account of AWS.
ENDPOINT = os.environ["AWS_ENDPOINT_URL_GLUE"]
AVRO = {"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}]}
NOTE = {"name": "note", "type": "string", "default": ""}


def column(name, type_="string"):
    return {"Name": name, "Type": type_}


def storage(location="s3://lake/orders/", columns=None):
    return {
        "Columns": columns or [column("id", "bigint"), column("total", "decimal(10,2)"), column("customer")],
        "Location": location,
        "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        "OutputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"},
    }


def table(name, **more):
    return {"Name": name, "TableType": "EXTERNAL_TABLE", "StorageDescriptor": storage(), "PartitionKeys": []} | more


def partition(*values):
    return {"Values": list(values), "StorageDescriptor": storage("s3://lake/orders/" + "/".join(values) + "/")}


class Catalog(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.glue = boto3.client("glue", endpoint_url=ENDPOINT)

    @classmethod
    def tearDownClass(cls):
        cls.glue.close()

    def setUp(self):
        self.database = "py_" + uuid.uuid4().hex[:12]
        self.glue.create_database(DatabaseInput={"Name": self.database})

    def create(self, name, **more):
        self.glue.create_table(DatabaseName=self.database, TableInput=table(name, **more))

    def get(self, name):
        return self.glue.get_table(DatabaseName=self.database, Name=name)["Table"]

    def names(self, **request):
        pages = self.glue.get_paginator("get_tables").paginate(DatabaseName=self.database, **request)
        return [found["Name"] for page in pages for found in page["TableList"]]

    def partitioned(self, name="orders"):
        """A table by country and day, with 30 partitions."""
        self.create(name, PartitionKeys=[column("country"), column("day", "int")])
        answer = self.glue.batch_create_partition(
            DatabaseName=self.database,
            TableName=name,
            PartitionInputList=[partition(c, str(d)) for c in ("de", "fr", "it") for d in range(1, 11)],
        )
        self.assertEqual([], answer.get("Errors", []))
        return {"DatabaseName": self.database, "TableName": name}

    def values(self, **request):
        pages = self.glue.get_paginator("get_partitions").paginate(**request)
        return [tuple(found["Values"]) for page in pages for found in page["Partitions"]]

    def assertFails(self, error, code, call, **request):
        """The error must be the client's own class, and have a message for people and an id for the log."""
        with self.assertRaises(error) as caught:
            call(**request)
        response = caught.exception.response
        self.assertEqual(code, response["Error"]["Code"])
        self.assertTrue(response["Error"]["Message"])
        self.assertTrue(response["ResponseMetadata"]["RequestId"])
        self.assertEqual(400, response["ResponseMetadata"]["HTTPStatusCode"])
        return response["Error"]["Message"]

    def test_databases(self):
        self.glue.update_database(
            Name=self.database,
            DatabaseInput={
                "Name": self.database,
                "Description": "what was sold",
                "LocationUri": "s3://lake/",
                "Parameters": {"owner": "sales"},
            },
        )
        found = self.glue.get_database(Name=self.database.upper())["Database"]
        self.assertEqual("what was sold", found["Description"])
        self.assertEqual("s3://lake/", found["LocationUri"])
        self.assertEqual({"owner": "sales"}, found["Parameters"])
        self.assertIsInstance(found["CreateTime"], datetime)
        self.glue.delete_database(Name=self.database)
        self.assertFails(
            self.glue.exceptions.EntityNotFoundException,
            "EntityNotFoundException",
            self.glue.get_database,
            Name=self.database,
        )

    def test_pages_of_databases(self):
        made = [self.database] + [f"{self.database}_{number}" for number in range(5)]
        for name in made[1:]:
            self.glue.create_database(DatabaseInput={"Name": name})
        pages = list(self.glue.get_paginator("get_databases").paginate(PaginationConfig={"PageSize": 2}))
        self.assertTrue(all(len(page["DatabaseList"]) <= 2 for page in pages))
        found = [database["Name"] for page in pages for database in page["DatabaseList"]]
        self.assertEqual(len(found), len(set(found)))
        self.assertLessEqual(set(made), set(found))

    def test_tables(self):
        self.create("Orders", Description="sold", Owner="sales", Retention=7, Parameters={"classification": "parquet"})
        found = self.get("ORDERS")
        self.assertEqual("orders", found["Name"])
        self.assertEqual(self.database, found["DatabaseName"])
        self.assertEqual(("sold", "sales", 7), (found["Description"], found["Owner"], found["Retention"]))
        self.assertEqual({"classification": "parquet"}, found["Parameters"])
        self.assertEqual([], found["PartitionKeys"])
        descriptor = found["StorageDescriptor"]
        for name, value in storage().items():
            self.assertEqual(value, descriptor[name], name)
        self.glue.delete_table(DatabaseName=self.database, Name="orders")
        self.assertEqual([], self.names())

    def test_pages_of_tables(self):
        made = [f"t{number:02}" for number in range(12)]
        for name in made:
            self.create(name)
        paginator = self.glue.get_paginator("get_tables")
        pages = list(paginator.paginate(DatabaseName=self.database, PaginationConfig={"PageSize": 5}))
        self.assertEqual([5, 5, 2], [len(page["TableList"]) for page in pages])
        self.assertEqual(made, sorted(found["Name"] for page in pages for found in page["TableList"]))
        self.assertEqual(["t10", "t11"], self.names(Expression="t1.*"))
        # A paginator that is stopped by MaxItems goes on from its own token, which holds that of the server.
        first = paginator.paginate(
            DatabaseName=self.database, PaginationConfig={"PageSize": 5, "MaxItems": 7}
        ).build_full_result()
        rest = paginator.paginate(
            DatabaseName=self.database, PaginationConfig={"StartingToken": first["NextToken"]}
        ).build_full_result()
        self.assertEqual(made, [found["Name"] for found in first["TableList"] + rest["TableList"]])
        self.assertFails(
            self.glue.exceptions.InvalidInputException,
            "InvalidInputException",
            self.glue.get_tables,
            DatabaseName=self.database,
            NextToken="no token",
        )

    def test_partitions(self):
        orders = self.partitioned()
        found = self.glue.get_partition(**orders, PartitionValues=["fr", "3"])["Partition"]
        self.assertEqual(["fr", "3"], found["Values"])
        self.assertEqual((self.database, "orders"), (found["DatabaseName"], found["TableName"]))
        self.assertEqual("s3://lake/orders/fr/3/", found["StorageDescriptor"]["Location"])
        self.glue.update_partition(
            **orders, PartitionValueList=["fr", "3"], PartitionInput=partition("fr", "3") | {"Parameters": {"rows": "9"}}
        )
        found = self.glue.get_partition(**orders, PartitionValues=["fr", "3"])["Partition"]
        self.assertEqual({"rows": "9"}, found["Parameters"])
        self.glue.delete_partition(**orders, PartitionValues=["fr", "3"])
        self.assertFails(
            self.glue.exceptions.EntityNotFoundException,
            "EntityNotFoundException",
            self.glue.get_partition,
            **orders,
            PartitionValues=["fr", "3"],
        )

    def test_pages_and_segments_of_partitions(self):
        orders = self.partitioned()
        pages = list(self.glue.get_paginator("get_partitions").paginate(**orders, PaginationConfig={"PageSize": 7}))
        self.assertTrue(all(len(page["Partitions"]) <= 7 for page in pages))
        whole = [tuple(found["Values"]) for page in pages for found in page["Partitions"]]
        self.assertEqual(30, len(set(whole)))
        self.assertEqual(30, len(whole))
        shares = [self.values(**orders, Segment={"SegmentNumber": n, "TotalSegments": 4}) for n in range(4)]
        self.assertEqual(sorted(whole), sorted(values for share in shares for values in share))
        lean = self.glue.get_partitions(**orders, ExcludeColumnSchema=True)["Partitions"]
        self.assertFalse(any(found["StorageDescriptor"].get("Columns") for found in lean))

    def test_expressions(self):
        orders = self.partitioned()
        expected = {
            "": 30,
            "country = 'de'": 10,
            "country = 'de' AND day > 9": 1,
            "day BETWEEN 2 AND 10": 27,
            "country IN ('de', 'it') AND NOT day < 10": 2,
            "country LIKE '_e' OR day = 1": 12,
            "country <> 'fr' AND (day = 1 OR day = 2)": 4,
            "country IS NULL": 0,
        }
        self.assertEqual(expected, {text: len(self.values(**orders, Expression=text)) for text in expected})
        for text in ("nation = 'de'", "country = 'de", "day LIKE '1%'", "day = 'monday'"):
            with self.subTest(text):
                self.assertFails(
                    self.glue.exceptions.InvalidInputException,
                    "InvalidInputException",
                    self.glue.get_partitions,
                    **orders,
                    Expression=text,
                )

    def test_error_classes(self):
        glue = self.glue
        errors = glue.exceptions
        self.create("orders")
        missing = self.assertFails(
            errors.EntityNotFoundException,
            "EntityNotFoundException",
            glue.get_table,
            DatabaseName=self.database,
            Name="absent",
        )
        self.assertIn("absent", missing)
        self.assertFails(
            errors.AlreadyExistsException,
            "AlreadyExistsException",
            glue.create_table,
            DatabaseName=self.database,
            TableInput=table("orders"),
        )
        self.assertFails(
            errors.AlreadyExistsException,
            "AlreadyExistsException",
            glue.create_database,
            DatabaseInput={"Name": self.database},
        )
        self.assertFails(
            errors.ValidationException,
            "ValidationException",
            glue.create_table,
            DatabaseName=self.database,
            TableInput=table("x" * 256),
        )
        self.assertFails(
            errors.InvalidInputException,
            "InvalidInputException",
            glue.create_partition,
            DatabaseName=self.database,
            TableName="orders",
            PartitionInput=partition("de"),
        )
        with self.assertRaises(ParamValidationError):
            glue.get_table(DatabaseName=self.database)
        # An operation that is absent must not look as if it had been done.
        with self.assertRaises(ClientError) as caught:
            glue.list_blueprints()
        self.assertEqual("UnknownOperationException", caught.exception.response["Error"]["Code"])

    def test_wrong_secret_key(self):
        stranger = boto3.client(
            "glue", endpoint_url=ENDPOINT, aws_access_key_id="mastic", aws_secret_access_key="guessed"
        )
        self.addCleanup(stranger.close)
        with self.assertRaises(ClientError) as caught:
            stranger.get_databases()
        self.assertIn(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], (400, 403))
        self.assertIn("ignature", caught.exception.response["Error"]["Code"])

    def test_two_writers_and_versions(self):
        self.create("orders", Description="first")
        first = self.get("orders")["VersionId"]
        update = {"DatabaseName": self.database, "VersionId": first}
        self.glue.update_table(**update, TableInput=table("orders", Description="second"))
        self.assertFails(
            self.glue.exceptions.ConcurrentModificationException,
            "ConcurrentModificationException",
            self.glue.update_table,
            **update,
            TableInput=table("orders", Description="lost"),
        )
        self.assertEqual("second", self.get("orders")["Description"])
        self.glue.update_table(DatabaseName=self.database, TableInput=table("orders", Description="third"), SkipArchive=True)
        orders = {"DatabaseName": self.database, "TableName": "orders"}
        pages = self.glue.get_paginator("get_table_versions").paginate(**orders, PaginationConfig={"PageSize": 1})
        versions = [version for page in pages for version in page["TableVersions"]]
        self.assertEqual(len(versions), len({version["VersionId"] for version in versions}))
        self.assertEqual("third", versions[0]["Table"]["Description"])
        archived = self.glue.get_table_version(**orders, VersionId=first)["TableVersion"]
        self.assertEqual("first", archived["Table"]["Description"])
        answer = self.glue.batch_delete_table_version(**orders, VersionIds=[first, "4711"])
        self.assertEqual(["4711"], [error["VersionId"] for error in answer["Errors"]])
        self.assertEqual("EntityNotFoundException", answer["Errors"][0]["ErrorDetail"]["ErrorCode"])

    def test_times(self):
        told = datetime(2024, 2, 29, 12, 30, 15, 250000, tzinfo=timezone.utc)
        before = datetime.now(timezone.utc) - timedelta(minutes=1)
        self.create("orders", LastAccessTime=told, LastAnalyzedTime=told)
        found = self.get("orders")
        for name in ("CreateTime", "UpdateTime"):
            self.assertIsInstance(found[name], datetime)
            self.assertIsNotNone(found[name].tzinfo)
            self.assertTrue(before < found[name] < before + timedelta(minutes=5), name)
        # boto3 sends whole seconds for the times of this protocol's requests.
        self.assertLess(abs(found["LastAccessTime"] - told), timedelta(seconds=1))
        self.assertLess(abs(found["LastAnalyzedTime"] - told), timedelta(seconds=1))

    def test_functions(self):
        function = {
            "FunctionName": "Tax",
            "ClassName": "org.example.Tax",
            "OwnerName": "sales",
            "OwnerType": "USER",
            "ResourceUris": [{"ResourceType": "JAR", "Uri": "s3://lake/tax.jar"}],
        }
        self.glue.create_user_defined_function(DatabaseName=self.database, FunctionInput=function)
        found = self.glue.get_user_defined_function(DatabaseName=self.database, FunctionName="TAX")["UserDefinedFunction"]
        self.assertEqual("tax", found["FunctionName"])
        self.assertEqual(function["ResourceUris"], found["ResourceUris"])
        self.assertIsInstance(found["CreateTime"], datetime)
        for number in range(3):
            self.glue.create_user_defined_function(
                DatabaseName=self.database, FunctionInput=function | {"FunctionName": f"other{number}"}
            )
        pages = self.glue.get_paginator("get_user_defined_functions").paginate(
            DatabaseName=self.database, Pattern="other.*", PaginationConfig={"PageSize": 2}
        )
        listed = [one["FunctionName"] for page in pages for one in page["UserDefinedFunctions"]]
        self.assertEqual(["other0", "other1", "other2"], sorted(listed))
        self.glue.update_user_defined_function(
            DatabaseName=self.database, FunctionName="tax", FunctionInput=function | {"ClassName": "org.example.Vat"}
        )
        self.glue.delete_user_defined_function(DatabaseName=self.database, FunctionName="tax")
        self.assertFails(
            self.glue.exceptions.EntityNotFoundException,
            "EntityNotFoundException",
            self.glue.delete_user_defined_function,
            DatabaseName=self.database,
            FunctionName="tax",
        )

    def test_column_statistics(self):
        orders = self.partitioned()
        analyzed = datetime(2025, 6, 1, 8, 0, tzinfo=timezone.utc)

        def statistics(name, type_, kind, data):
            return {
                "ColumnName": name,
                "ColumnType": type_,
                "AnalyzedTime": analyzed,
                "StatisticsData": {"Type": kind, f"{kind.title()}ColumnStatisticsData": data},
            }

        longs = {"MinimumValue": -5, "MaximumValue": 2**62, "NumberOfNulls": 0, "NumberOfDistinctValues": 9}
        decimals = {
            "MinimumValue": {"UnscaledValue": b"\x01\x00", "Scale": 2},
            "MaximumValue": {"UnscaledValue": b"\x7f\xff\xff", "Scale": 2},
            "NumberOfNulls": 1,
            "NumberOfDistinctValues": 8,
        }
        strings = {"MaximumLength": 20, "AverageLength": 7.25, "NumberOfNulls": 2, "NumberOfDistinctValues": 7}
        sent = [
            statistics("id", "bigint", "LONG", longs),
            statistics("total", "decimal(10,2)", "DECIMAL", decimals),
            statistics("customer", "string", "STRING", strings),
        ]
        answer = self.glue.update_column_statistics_for_table(**orders, ColumnStatisticsList=sent)
        self.assertEqual([], answer.get("Errors", []))
        answer = self.glue.get_column_statistics_for_table(**orders, ColumnNames=["customer", "id", "total", "absent"])
        found = {one["ColumnName"]: one for one in answer["ColumnStatisticsList"]}
        self.assertEqual({one["ColumnName"]: one for one in sent}, found)
        self.assertEqual(["absent"], [error["ColumnName"] for error in answer["Errors"]])
        of_one = {**orders, "PartitionValues": ["de", "1"]}
        self.glue.update_column_statistics_for_partition(**of_one, ColumnStatisticsList=sent[:1])
        answer = self.glue.get_column_statistics_for_partition(**of_one, ColumnNames=["id"])
        self.assertEqual(longs, answer["ColumnStatisticsList"][0]["StatisticsData"]["LongColumnStatisticsData"])
        self.glue.delete_column_statistics_for_table(**orders, ColumnName="id")
        answer = self.glue.get_column_statistics_for_table(**orders, ColumnNames=["id"])
        self.assertEqual([], answer["ColumnStatisticsList"])

    def test_partition_indexes(self):
        orders = self.partitioned()
        self.glue.create_partition_index(**orders, PartitionIndex={"IndexName": "by_day", "Keys": ["day"]})
        pages = self.glue.get_paginator("get_partition_indexes").paginate(**orders)
        found = [index for page in pages for index in page["PartitionIndexDescriptorList"]]
        self.assertEqual(["by_day"], [index["IndexName"] for index in found])
        self.assertEqual([{"Name": "day", "Type": "int"}], found[0]["Keys"])
        self.assertIn(found[0]["IndexStatus"], ("CREATING", "ACTIVE"))
        self.assertEqual(3, len(self.values(**orders, Expression="day = 10")))
        self.assertFails(
            self.glue.exceptions.AlreadyExistsException,
            "AlreadyExistsException",
            self.glue.create_partition_index,
            **orders,
            PartitionIndex={"IndexName": "by_day", "Keys": ["country"]},
        )

    def test_connections(self):
        name = self.database
        properties = {
            "JDBC_CONNECTION_URL": "jdbc:postgresql://127.0.0.1:5432/sales",
            "USERNAME": "reader",
            "PASSWORD": "not-for-everybody",
        }
        connection = {"Name": name, "ConnectionType": "JDBC", "ConnectionProperties": properties}
        self.glue.create_connection(ConnectionInput=connection)
        hidden = self.glue.get_connection(Name=name, HidePassword=True)["Connection"]
        self.assertNotIn("PASSWORD", hidden["ConnectionProperties"])
        self.assertEqual("reader", hidden["ConnectionProperties"]["USERNAME"])
        shown = self.glue.get_connection(Name=name, HidePassword=False)["Connection"]
        self.assertEqual(properties, shown["ConnectionProperties"])
        self.assertIsInstance(shown["CreationTime"], datetime)
        pages = self.glue.get_paginator("get_connections").paginate(
            Filter={"ConnectionType": "JDBC"}, HidePassword=True, PaginationConfig={"PageSize": 1}
        )
        listed = [one for page in pages for one in page["ConnectionList"]]
        self.assertIn(name, [one["Name"] for one in listed])
        self.assertNotIn("not-for-everybody", repr(listed))
        answer = self.glue.batch_delete_connection(ConnectionNameList=[name, name + "_absent"])
        self.assertEqual([name], answer["Succeeded"])
        self.assertEqual("EntityNotFoundException", answer["Errors"][name + "_absent"]["ErrorCode"])

    def test_search(self):
        word = uuid.uuid4().hex
        self.create(f"{word}-first", Description="one")
        self.create(f"{word}-second", Description="two")
        pages, token = [], {}
        while True:
            page = self.glue.search_tables(
                SearchText=word, MaxResults=1, SortCriteria=[{"FieldName": "Name", "Sort": "DESC"}], **token
            )
            pages.append([found["Name"] for found in page["TableList"]])
            if not page.get("NextToken"):
                break
            token = {"NextToken": page["NextToken"]}
        self.assertEqual([f"{word}-second", f"{word}-first"], [name for page in pages for name in page])
        found = self.glue.search_tables(Filters=[{"Key": "DatabaseName", "Value": self.database}])["TableList"]
        self.assertEqual(2, len(found))

    def test_schema_registry(self):
        registry = self.database
        arn = self.glue.create_registry(RegistryName=registry, Tags={"team": "sales"})["RegistryArn"]
        self.assertTrue(arn.startswith("arn:aws:glue:"))
        first = json.dumps(AVRO)
        created = self.glue.create_schema(
            RegistryId={"RegistryName": registry},
            SchemaName="orders",
            DataFormat="AVRO",
            Compatibility="BACKWARD",
            SchemaDefinition=first,
        )
        self.assertEqual(("AVAILABLE", 1), (created["SchemaStatus"], created["LatestSchemaVersion"]))
        schema = {"SchemaId": {"RegistryName": registry, "SchemaName": "orders"}}
        second = json.dumps(AVRO | {"fields": AVRO["fields"] + [NOTE]})
        registered = self.glue.register_schema_version(**schema, SchemaDefinition=second)
        self.assertEqual((2, "AVAILABLE"), (registered["VersionNumber"], registered["Status"]))
        found = self.glue.get_schema_by_definition(**schema, SchemaDefinition=json.dumps(AVRO, indent=4))
        self.assertEqual(created["SchemaVersionId"], found["SchemaVersionId"])
        latest = self.glue.get_schema_version(**schema, SchemaVersionNumber={"LatestVersion": True})
        self.assertEqual(registered["SchemaVersionId"], latest["SchemaVersionId"])
        self.assertEqual(json.loads(second), json.loads(latest["SchemaDefinition"]))
        pages = self.glue.get_paginator("list_schema_versions").paginate(**schema, PaginationConfig={"PageSize": 1})
        versions = [one["VersionNumber"] for page in pages for one in page["Schemas"]]
        self.assertEqual([1, 2], sorted(versions))
        self.assertFails(
            self.glue.exceptions.EntityNotFoundException,
            "EntityNotFoundException",
            self.glue.get_schema_by_definition,
            **schema,
            SchemaDefinition=json.dumps(AVRO | {"name": "Other"}),
        )
        self.assertFails(
            self.glue.exceptions.InvalidInputException,
            "InvalidInputException",
            self.glue.register_schema_version,
            **schema,
            SchemaDefinition="no schema",
        )

    def test_resource_policy(self):
        # The catalog has one policy, so this is the one test that may set it.
        arn = "arn:aws:glue:us-east-1:000000000000:catalog"
        statement = {"Effect": "Allow", "Principal": "*", "Action": "glue:Get*", "Resource": arn}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        digest = self.glue.put_resource_policy(PolicyInJson=policy)["PolicyHash"]
        self.addCleanup(self.glue.delete_resource_policy)
        found = self.glue.get_resource_policy()
        self.assertEqual(json.loads(policy), json.loads(found["PolicyInJson"]))
        self.assertEqual(digest, found["PolicyHash"])
        self.assertIsInstance(found["CreateTime"], datetime)
        stale = base64.b64encode(b"0" * 16).decode()
        self.assertFails(
            self.glue.exceptions.ConditionCheckFailureException,
            "ConditionCheckFailureException",
            self.glue.put_resource_policy,
            PolicyInJson=policy,
            PolicyHashCondition=stale,
        )

    def test_jobs_and_triggers(self):
        name = self.database
        job = {
            "Role": "any",
            "Command": {"Name": "glueetl", "ScriptLocation": "s3://scripts/Orders.java"},
            "DefaultArguments": {"--job-bookmark-option": "job-bookmark-enable"},
        }
        self.assertEqual(name, self.glue.create_job(Name=name, Tags={"team": "sales"}, **job)["Name"])
        self.glue.update_job(JobName=name, JobUpdate=job | {"MaxRetries": 2})
        found = self.glue.get_job(JobName=name)["Job"]
        self.assertEqual(2, found["MaxRetries"])
        self.assertEqual(job["DefaultArguments"], found["DefaultArguments"])
        self.assertIsInstance(found["CreatedOn"], datetime)
        pages = self.glue.get_paginator("get_jobs").paginate(PaginationConfig={"PageSize": 1})
        self.assertIn(name, [one["Name"] for page in pages for one in page["Jobs"]])
        answer = self.glue.batch_get_jobs(JobNames=[name, name + "_absent"])
        self.assertEqual([name], [one["Name"] for one in answer["Jobs"]])
        self.assertEqual([name + "_absent"], answer["JobsNotFound"])
        self.assertEqual([], self.glue.get_job_runs(JobName=name)["JobRuns"])
        self.glue.create_trigger(Name=name, Type="ON_DEMAND", Actions=[{"JobName": name}])
        trigger = self.glue.get_trigger(Name=name)["Trigger"]
        self.assertEqual(("ON_DEMAND", "CREATED"), (trigger["Type"], trigger["State"]))
        pages = self.glue.get_paginator("get_triggers").paginate(DependentJobName=name)
        self.assertEqual([name], [one["Name"] for page in pages for one in page["Triggers"]])
        self.glue.delete_trigger(Name=name)
        self.glue.delete_job(JobName=name)
        self.assertFails(
            self.glue.exceptions.EntityNotFoundException,
            "EntityNotFoundException",
            self.glue.start_job_run,
            JobName=name,
        )

    def test_crawlers(self):
        name = self.database
        targets = {"S3Targets": [{"Path": "s3://lake/orders/", "Exclusions": ["**.tmp"]}]}
        self.glue.create_crawler(Name=name, Role="any", DatabaseName=self.database, Targets=targets)
        found = self.glue.get_crawler(Name=name)["Crawler"]
        self.assertEqual("READY", found["State"])
        self.assertEqual("s3://lake/orders/", found["Targets"]["S3Targets"][0]["Path"])
        self.assertEqual(["**.tmp"], found["Targets"]["S3Targets"][0]["Exclusions"])
        self.assertIsInstance(found["CreationTime"], datetime)
        pages = self.glue.get_paginator("get_crawlers").paginate(PaginationConfig={"PageSize": 1})
        self.assertIn(name, [one["Name"] for page in pages for one in page["Crawlers"]])
        self.assertIn(name, self.glue.list_crawlers(MaxResults=1000)["CrawlerNames"])
        self.assertFails(
            self.glue.exceptions.CrawlerNotRunningException,
            "CrawlerNotRunningException",
            self.glue.stop_crawler,
            Name=name,
        )
        self.glue.delete_crawler(Name=name)

    def test_batches(self):
        orders = self.partitioned()
        answer = self.glue.batch_create_partition(
            **orders, PartitionInputList=[partition("de", "1"), partition("es", "1"), partition("es")]
        )
        errors = {tuple(error["PartitionValues"]): error["ErrorDetail"]["ErrorCode"] for error in answer["Errors"]}
        self.assertEqual({("de", "1"): "AlreadyExistsException", ("es",): "InvalidInputException"}, errors)
        answer = self.glue.batch_get_partition(
            **orders, PartitionsToGet=[{"Values": ["es", "1"]}, {"Values": ["es", "2"]}]
        )
        self.assertEqual([["es", "1"]], [found["Values"] for found in answer["Partitions"]])
        self.assertEqual([], answer.get("UnprocessedKeys", []))
        answer = self.glue.batch_update_partition(
            **orders,
            Entries=[
                {"PartitionValueList": ["es", "1"], "PartitionInput": partition("pt", "1")},
                {"PartitionValueList": ["es", "2"], "PartitionInput": partition("es", "2")},
            ],
        )
        self.assertEqual([["es", "2"]], [error["PartitionValueList"] for error in answer["Errors"]])
        answer = self.glue.batch_delete_partition(
            **orders, PartitionsToDelete=[{"Values": ["pt", "1"]}, {"Values": ["pt", "2"]}]
        )
        self.assertEqual([["pt", "2"]], [error["PartitionValues"] for error in answer["Errors"]])
        answer = self.glue.batch_delete_table(DatabaseName=self.database, TablesToDelete=["orders", "absent"])
        self.assertEqual(["absent"], [error["TableName"] for error in answer["Errors"]])
        self.assertEqual("EntityNotFoundException", answer["Errors"][0]["ErrorDetail"]["ErrorCode"])

    def test_unicode(self):
        text = "größe \U0001f980 日本語 \"quoted\" \\ back\tslash"
        name = "Straße_日本語"
        self.create(
            name,
            Description=text,
            Parameters={"ключ": text},
            StorageDescriptor=storage(columns=[column("größe") | {"Comment": "数量"}]),
            PartitionKeys=[column("город")],
        )
        found = self.get(name)
        self.assertEqual(name.lower(), found["Name"])
        self.assertEqual(text, found["Description"])
        self.assertEqual({"ключ": text}, found["Parameters"])
        self.assertEqual("数量", found["StorageDescriptor"]["Columns"][0]["Comment"])
        of_table = {"DatabaseName": self.database, "TableName": name}
        for value in ("Москва", "O'Higgins", "a/b=c d", "\U0001f980"):
            self.glue.create_partition(**of_table, PartitionInput=partition(value))
            quoted = value.replace("'", "''")
            self.assertEqual([(value,)], self.values(**of_table, Expression=f"город = '{quoted}'"))


if __name__ == "__main__":
    unittest.main()
