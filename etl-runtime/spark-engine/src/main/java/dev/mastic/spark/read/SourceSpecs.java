package dev.mastic.spark.read;

import dev.mastic.job.Avro;
import dev.mastic.job.Csv;
import dev.mastic.job.Field;
import dev.mastic.job.FileOptions;
import dev.mastic.job.FileSource;
import dev.mastic.job.Json;
import dev.mastic.job.Orc;
import dev.mastic.job.Parquet;
import dev.mastic.job.Source;
import dev.mastic.job.TextLines;
import dev.mastic.job.Xml;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.s3.S3Location;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Read steps that name a location, as {@link SourceSpec}. */
final class SourceSpecs {
    /** The column of text lines. */
    static final String LINE = "line";

    private SourceSpecs() {}

    /** @throws JobFailure when the step asks for what its format has not */
    static SourceSpec of(String step, Source source) {
        if (source instanceof Csv csv) {
            Map<String, String> options =
                    new HashMap<>(Map.of("sep", csv.delimiter(), "quote", csv.quote(), "escape", csv.escape()));
            if (csv.multiLine()) {
                options.put("multiLine", "true");
            }
            if (csv.timestampFormat() != null) {
                options.put("timestampFormat", csv.timestampFormat());
            }
            return spec(step, FileKind.CSV, csv.location(), options, csv.header(), csv.columns(), csv);
        }
        if (source instanceof Json json) {
            Map<String, String> options = json.documents() ? Map.of("multiLine", "true") : Map.of();
            return spec(step, FileKind.JSON, json.location(), options, false, json.columns(), json);
        }
        if (source instanceof Xml xml) {
            Map<String, String> options = Map.of("rowTag", xml.rowTag());
            return spec(step, FileKind.XML, xml.location(), options, false, xml.columns(), xml);
        }
        if (source instanceof TextLines lines) {
            return spec(step, FileKind.TEXT, lines.location(), Map.of(), false, List.of(), lines)
                    .withColumns(new StructType().add(LINE, DataTypes.StringType));
        }
        if (source instanceof Orc orc) {
            return spec(step, FileKind.ORC, orc.location(), Map.of(), false, List.of(), orc);
        }
        if (source instanceof Avro avro) {
            return spec(step, FileKind.AVRO, avro.location(), Map.of(), false, List.of(), avro);
        }
        if (source instanceof Parquet parquet) {
            return spec(step, FileKind.PARQUET, parquet.location(), Map.of(), false, List.of(), parquet);
        }
        throw new IllegalArgumentException("Source " + source.describe() + " names no location of files");
    }

    private static SourceSpec spec(
            String step,
            FileKind kind,
            String location,
            Map<String, String> options,
            boolean header,
            List<Field> fields,
            FileSource<?> source) {
        StructType columns = new StructType();
        for (Field field : fields) {
            columns = columns.add(
                    field.name(),
                    HiveTypes.toSpark(field.type(), "Column " + field.name() + " of read '" + step + "'"));
        }
        S3Location place = S3Location.parse(location);
        return checked(new SourceSpec(
                step,
                place.uri(),
                kind,
                place,
                options,
                header,
                fields.isEmpty() ? null : columns,
                null,
                source.options()));
    }

    /** @throws JobFailure when the job asks for what the format has not */
    static SourceSpec checked(SourceSpec spec) {
        FileOptions reading = spec.reading();
        if (!spec.kind().hasBadRows()) {
            if (reading.badRows() != FileOptions.BadRows.FAIL) {
                throw new JobFailure(spec.place() + "droppingBadRows() and badRowsTo() are for CSV, JSON and XML; "
                        + spec.title() + " is " + spec.kind());
            }
            if (reading.timeZone() != null) {
                throw new JobFailure(spec.place() + "timeZone() is for CSV, JSON and XML; " + spec.title() + " is "
                        + spec.kind() + ", whose timestamps are instants");
            }
        }
        return spec;
    }
}
