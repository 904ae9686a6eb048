"""boto3 as it is published, against a Mastic server that AWS_ENDPOINT_URL_GLUE names."""

import unittest

import boto3


class Databases(unittest.TestCase):
    def test_created_and_read(self):
        glue = boto3.client("glue")
        glue.create_database(DatabaseInput={"Name": "first"})
        self.assertEqual("first", glue.get_database(Name="first")["Database"]["Name"])
        glue.delete_database(Name="first")


if __name__ == "__main__":
    unittest.main()
