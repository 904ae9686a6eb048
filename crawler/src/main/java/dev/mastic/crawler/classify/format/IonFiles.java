package dev.mastic.crawler.classify.format;

import com.amazon.ion.IntegerSize;
import com.amazon.ion.IonException;
import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.system.IonReaderBuilder;
import dev.mastic.crawler.classify.BinaryFormat;
import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.classify.Sample;
import dev.mastic.crawler.classify.unpack.Unpacked;
import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.ArrayOf;
import dev.mastic.crawler.infer.ColumnType.Decimal;
import dev.mastic.crawler.infer.ColumnType.Field;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.ColumnType.Struct;
import dev.mastic.crawler.infer.Widening;
import dev.mastic.crawler.source.UnreadableFileException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Amazon Ion, text and binary: its structs at the root are the rows. */
public final class IonFiles {
    private static final byte[] BINARY = {(byte) 0xe0, 0x01, 0x00, (byte) 0xea};
    private static final byte[] TEXT = "$ion_1_0".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_ROWS = 10_000;
    private static final int DEEPEST = 50;
    private static final double LEAST_VALID = 0.9;

    private IonFiles() {}

    /** Whether bytes start as Ion does that says so. */
    public static boolean startsAsIon(byte[] head) {
        return Magic.at(head, BINARY) || Magic.at(head, TEXT);
    }

    /** @throws UnreadableFileException when the content is no Ion, or its values are no structs */
    public static FileProfile profile(Sample sample, Unpacked content) {
        Struct row = new Struct(List.of());
        long rows = 0;
        long others = 0;
        boolean end = false;
        try (IonReader reader = IonReaderBuilder.standard().build(content.bytes())) {
            while (rows + others < MOST_ROWS && !end) {
                IonType type = reader.next();
                end = type == null;
                if (type == IonType.STRUCT && !reader.isNullValue()) {
                    row = (Struct) Widening.join(row, struct(reader, 0));
                    rows++;
                } else if (type != null) {
                    others++;
                }
            }
        } catch (IonException | IndexOutOfBoundsException | IllegalStateException e) {
            if (content.whole() || rows == 0) {
                throw new UnreadableFileException("its Ion content is damaged: " + e.getMessage(), e);
            }
        } catch (IOException e) {
            throw new UnreadableFileException("its Ion content cannot be read: " + e.getMessage(), e);
        }
        if (rows == 0 || rows < LEAST_VALID * (rows + others)) {
            throw new UnreadableFileException(
                    others + " of its " + (rows + others) + " Ion values are no structs; only structs are rows");
        }
        boolean exact = content.whole() && end;
        double part = content.fraction(sample.object().size());
        return new FileProfile(
                sample.object(),
                new BinaryFormat.Ion(),
                content.compression(),
                row.fields().stream()
                        .map(field -> new ColumnProfile(field.name(), field.type(), null))
                        .toList(),
                false,
                exact ? rows : Math.round(rows / Math.max(part, 1e-9)),
                exact,
                sample.bytes().length,
                List.of(rows + " Ion structs, " + (Magic.at(content.bytes(), BINARY) ? "binary" : "text")),
                others > 0 ? List.of(others + " values are no structs") : List.of());
    }

    private static Struct struct(IonReader reader, int depth) {
        List<Field> fields = new ArrayList<>();
        reader.stepIn();
        for (IonType type = reader.next(); type != null; type = reader.next()) {
            fields.add(new Field(String.valueOf(reader.getFieldName()), type(reader, type, depth + 1)));
        }
        reader.stepOut();
        // Joined with nothing, so that names that differ in case alone become one field.
        return (Struct) Widening.join(new Struct(List.of()), new Struct(fields));
    }

    private static ColumnType type(IonReader reader, IonType type, int depth) {
        if (reader.isNullValue()) {
            return Plain.UNKNOWN;
        } else if (depth > DEEPEST) {
            return Plain.STRING;
        }
        return switch (type) {
            case BOOL -> Plain.BOOLEAN;
            case INT ->
                reader.getIntegerSize() == IntegerSize.BIG_INTEGER ? new Decimal(Decimal.MOST_DIGITS, 0) : Plain.BIGINT;
            case FLOAT -> Plain.DOUBLE;
            case DECIMAL -> decimal(reader.bigDecimalValue());
            case TIMESTAMP -> Plain.TIMESTAMP;
            case BLOB, CLOB -> Plain.BINARY;
            case LIST, SEXP -> list(reader, depth);
            case STRUCT -> struct(reader, depth);
            case NULL, DATAGRAM -> Plain.UNKNOWN;
            case STRING, SYMBOL -> Plain.STRING;
        };
    }

    private static ColumnType decimal(BigDecimal value) {
        int scale = Math.max(0, value.scale());
        int precision = Math.max(value.precision() + Math.max(0, -value.scale()), scale);
        return precision <= Decimal.MOST_DIGITS ? new Decimal(precision, scale) : Plain.STRING;
    }

    private static ColumnType list(IonReader reader, int depth) {
        ColumnType element = Plain.UNKNOWN;
        reader.stepIn();
        for (IonType type = reader.next(); type != null; type = reader.next()) {
            element = Widening.join(element, type(reader, type, depth + 1));
        }
        reader.stepOut();
        return new ArrayOf(element);
    }
}
