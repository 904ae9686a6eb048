package dev.mastic.crawler.classify.format;

import dev.mastic.crawler.classify.BinaryFormat;
import dev.mastic.crawler.classify.ColumnNames;
import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.Compression;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.Widening;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Excel workbooks (.xlsx): the first visible sheet, row by row. Needs the whole file, whose directory is at its end. */
public final class ExcelFiles {
    /** The largest workbook that is read, in bytes. */
    public static final int LARGEST = 16 << 20;

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] OLE2 = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};
    private static final int NAMES = 16 << 10;
    private static final int TYPED_ROWS = 1000;
    private static final int MOST_ROWS = 1 << 20;
    private static final int MOST_COLUMNS = 16_384;

    /** Letters of dates in a number format, outside of quotes and brackets. */
    private static final Pattern DATE_FORMAT = Pattern.compile("[ymdhs]", Pattern.CASE_INSENSITIVE);

    private static final Pattern TIME_FORMAT = Pattern.compile("[hs]", Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL = Pattern.compile("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.");

    /** Workbooks are read one at a time: each is whole in memory. */
    private static final Object TURN = new Object();

    private ExcelFiles() {}

    /** Whether a file is a workbook by its first bytes: a zip archive whose first files are a workbook's, whatever its name. */
    public static boolean startsAsExcel(byte[] head) {
        return Magic.at(head, ZIP) && office(head) && text(head).contains("xl/");
    }

    /**
     * Refuses workbooks of old make and with a password, and Office's documents that are no workbooks.
     *
     * @throws UnreadableFileException when the file is one
     */
    public static void refuseOtherOffice(byte[] head, String key) {
        String name = key.toLowerCase(Locale.ROOT);
        if (Magic.at(head, OLE2)) {
            throw new UnreadableFileException(
                    name.endsWith(".xlsx") || name.endsWith(".xlsm")
                            ? "it is an Excel workbook with a password; save it without one"
                            : "it is in the old format of Office (.xls), which is not read; save it as .xlsx or CSV");
        } else if (Magic.at(head, ZIP)
                && office(head)
                && (text(head).contains("word/") || text(head).contains("ppt/"))) {
            throw new UnreadableFileException(
                    "it is a document of Office, which holds no table of data; save its tables" + " as .xlsx or CSV");
        }
    }

    private static boolean office(byte[] head) {
        String text = text(head);
        return text.contains("[Content_Types].xml") || text.contains("_rels/.rels") || text.contains("xl/");
    }

    /** The names at the start of an archive stand in it as they are. */
    private static String text(byte[] head) {
        return new String(head, 0, Math.min(head.length, NAMES), StandardCharsets.ISO_8859_1);
    }

    /** @throws UnreadableFileException when the archive is damaged, a bomb, or holds no sheet with rows */
    public static FileProfile profile(StoredObject object, byte[] file) {
        synchronized (TURN) {
            return read(object, file);
        }
    }

    private static FileProfile read(StoredObject object, byte[] file) {
        ZipLimits.check(file);
        try (ReadableWorkbook workbook =
                new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(true, true))) {
            List<Sheet> sheets = workbook.getSheets()
                    .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE)
                    .toList();
            if (sheets.isEmpty()) {
                throw new UnreadableFileException("it is a workbook without a visible sheet");
            }
            return profile(object, file, sheets);
        } catch (IOException | ExcelReaderException | IllegalStateException | IndexOutOfBoundsException e) {
            throw new UnreadableFileException(
                    "it is no readable workbook: " + e.getMessage() + "; save it again as .xlsx", e);
        }
    }

    private static FileProfile profile(StoredObject object, byte[] file, List<Sheet> sheets) throws IOException {
        List<List<@Nullable Cell>> rows = new ArrayList<>();
        long count = 0;
        try (Stream<Row> stream = sheets.get(0).openStream()) {
            for (Iterator<Row> all = stream.iterator(); all.hasNext() && count < MOST_ROWS; ) {
                List<@Nullable Cell> cells = cells(all.next());
                if (!cells.isEmpty()) {
                    count++;
                    if (rows.size() < TYPED_ROWS) {
                        rows.add(cells);
                    }
                }
            }
        }
        if (rows.isEmpty()) {
            throw new UnreadableFileException(
                    "its first sheet '" + sheets.get(0).getName() + "' has no rows");
        }
        boolean header = rows.size() > 1 && header(rows.get(0));
        List<String> warnings = new ArrayList<>();
        if (sheets.size() > 1) {
            warnings.add("it has " + sheets.size() + " sheets; '"
                    + sheets.get(0).getName() + "' alone was read: save the others as files of their own");
        }
        return new FileProfile(
                object,
                new BinaryFormat.Excel(header),
                Compression.NONE,
                columns(rows, header),
                false,
                header ? count - 1 : count,
                count < MOST_ROWS,
                file.length,
                List.of(
                        "sheet '" + sheets.get(0).getName() + "' of an Excel workbook",
                        header ? "first row is a header: texts, all different" : "no header: the first row has values"),
                warnings);
    }

    /** The cells up to the last that has a value; none in a blank row. */
    private static List<@Nullable Cell> cells(Row row) {
        List<@Nullable Cell> cells = new ArrayList<>();
        int end = 0;
        for (int i = 0; i < Math.min(row.getCellCount(), MOST_COLUMNS); i++) {
            Cell cell = row.getOptionalCell(i).orElse(null);
            cells.add(cell);
            if (cell != null && !blank(cell)) {
                end = i + 1;
            }
        }
        return new ArrayList<>(cells.subList(0, end));
    }

    private static boolean blank(Cell cell) {
        return cell.getType() == CellType.EMPTY || cell.getText().isBlank();
    }

    private static boolean header(List<@Nullable Cell> first) {
        Set<String> names = new HashSet<>();
        for (Cell cell : first) {
            if (cell == null
                    || cell.getType() != CellType.STRING
                    || !names.add(cell.getText().strip().toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    private static List<ColumnProfile> columns(List<List<@Nullable Cell>> rows, boolean header) {
        int width = rows.stream().mapToInt(List::size).max().orElse(0);
        List<String> names = new ArrayList<>();
        List<ColumnType> types = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            ColumnType type = Plain.UNKNOWN;
            for (List<@Nullable Cell> row : rows.subList(header ? 1 : 0, rows.size())) {
                Cell cell = i < row.size() ? row.get(i) : null;
                type = cell == null ? type : Widening.join(type, type(cell));
            }
            Cell named = header && i < rows.get(0).size() ? rows.get(0).get(i) : null;
            names.add(named == null ? "" : named.getText());
            types.add(type);
        }
        List<String> safe = ColumnNames.of(names, header);
        List<ColumnProfile> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(new ColumnProfile(safe.get(i), types.get(i), null));
        }
        return columns;
    }

    private static ColumnType type(Cell cell) {
        return switch (cell.getType()) {
            case BOOLEAN -> Plain.BOOLEAN;
            case STRING -> cell.getText().isBlank() ? Plain.UNKNOWN : Plain.STRING;
            case NUMBER -> number(cell, cell.asNumber());
            case FORMULA -> cell.getValue() instanceof BigDecimal value ? number(cell, value) : Plain.STRING;
            case EMPTY, ERROR -> Plain.UNKNOWN;
        };
    }

    private static ColumnType number(Cell cell, BigDecimal value) {
        String format = cell.getDataFormatString();
        String plain = format == null ? "" : LITERAL.matcher(format).replaceAll("");
        if (!plain.equalsIgnoreCase("general") && DATE_FORMAT.matcher(plain).find()) {
            return TIME_FORMAT.matcher(plain).find() ? Plain.TIMESTAMP : Plain.DATE;
        }
        boolean whole = value.stripTrailingZeros().scale() <= 0 && value.precision() - value.scale() <= 18;
        return whole ? Plain.BIGINT : Plain.DOUBLE;
    }
}
