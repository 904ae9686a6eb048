package dev.mastic.crawler.classify;

import dev.mastic.crawler.source.UnreadableFileException;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

import static dev.mastic.crawler.classify.ParquetBytes.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ParquetFooterTest {
    @Test
    void readsTypesAndRows() {
        byte[] file = ParquetBytes.file(
                42,
                9,
                optional("id").setType(Type.INT64),
                optional("Name").setType(Type.BYTE_ARRAY).setLogicalType(LogicalType.STRING(new StringType())),
                optional("day").setType(Type.INT32).setLogicalType(LogicalType.DATE(new DateType())),
                optional("at")
                        .setType(Type.INT64)
                        .setLogicalType(
                                LogicalType.TIMESTAMP(new TimestampType(true, TimeUnit.MICROS(new MicroSeconds())))),
                optional("old").setType(Type.INT96),
                optional("price")
                        .setType(Type.FIXED_LEN_BYTE_ARRAY)
                        .setLogicalType(LogicalType.DECIMAL(new DecimalType(2, 12))),
                optional("raw").setType(Type.BYTE_ARRAY),
                optional("tags")
                        .setLogicalType(LogicalType.LIST(new ListType()))
                        .setNum_children(1),
                optional("list")
                        .setRepetition_type(FieldRepetitionType.REPEATED)
                        .setNum_children(1),
                optional("element").setType(Type.BYTE_ARRAY).setConverted_type(ConvertedType.UTF8),
                optional("point").setNum_children(2),
                optional("x").setType(Type.DOUBLE),
                optional("y").setType(Type.FLOAT));

        FileProfile profile = new ParquetFooter(Samples.object("a.parquet", file.length), file).profile();

        assertThat(profile.records()).isEqualTo(42);
        assertThat(profile.exact()).isTrue();
        assertThat(profile.columns().stream()
                        .map(column -> column.name() + " " + column.type().hive()))
                .containsExactly(
                        "id bigint",
                        "Name string",
                        "day date",
                        "at timestamp",
                        "old timestamp",
                        "price decimal(12,2)",
                        "raw binary",
                        "tags array<string>",
                        "point struct<x:double,y:float>");
    }

    @Test
    void asksForTheWholeFooterWhenTheTailIsShort() {
        byte[] file = ParquetBytes.file(1, 1, optional("id").setType(Type.INT64));
        byte[] tail = Arrays.copyOfRange(file, file.length - 10, file.length);

        long needed = new ParquetFooter(Samples.object("a.parquet", file.length), tail).bytesNeeded();

        assertThat(needed).isEqualTo(file.length - 4);
    }

    @Test
    void refusesFilesThatWereCutOff() {
        byte[] file = ParquetBytes.file(1, 1, optional("id").setType(Type.INT64));
        byte[] cut = Arrays.copyOf(file, file.length - 3);
        ParquetFooter footer = new ParquetFooter(Samples.object("a.parquet", cut.length), cut);

        assertThatThrownBy(footer::bytesNeeded)
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("not a whole Parquet file");
    }

    @Test
    void refusesImpossibleLengthsAndDamagedFooters() {
        byte[] file = ParquetBytes.file(1, 1, optional("id").setType(Type.INT64));
        byte[] length = file.clone();
        length[file.length - 6] = 0x7f;
        byte[] damaged = file.clone();
        Arrays.fill(damaged, 4, 20, (byte) 0xff);

        assertThatThrownBy(() -> new ParquetFooter(Samples.object("a", file.length), length).bytesNeeded())
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> new ParquetFooter(Samples.object("a", file.length), damaged).profile())
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("damaged");
    }
}
