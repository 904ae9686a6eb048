package dev.mastic.spark.read;

import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.VarcharType;

/** The catalog's words for types, and Spark's types. */
public final class HiveTypes {
    private HiveTypes() {}

    /**
     * Spark's type for a word of the catalog.
     *
     * @param place for the message: {@code Column delay of table sales.orders}
     * @throws JobFailure when there is none
     */
    public static DataType toSpark(String hiveType, String place) {
        try {
            DataType type = DataType.fromDDL(hiveType);
            boolean text = type instanceof CharType || type instanceof VarcharType;
            return text ? DataTypes.StringType : type;
        } catch (Exception e) { // Scala's checked ParseException is not declared
            throw new JobFailure(
                    place + " has type '" + hiveType + "', which Spark does not know; use for instance string, bigint,"
                            + " double, decimal(10,2), date, timestamp or array<string>",
                    e);
        }
    }

    /**
     * The catalog's word for a type of Spark.
     *
     * @throws JobFailure when Parquet tables of the catalog cannot have it
     */
    public static String ofSpark(DataType type, String place) {
        if (type instanceof NullType) {
            throw new JobFailure(place + " has only nulls and no type; give it one by .cast(\"string\")");
        }
        return type instanceof TimestampNTZType ? "timestamp" : type.catalogString();
    }
}
