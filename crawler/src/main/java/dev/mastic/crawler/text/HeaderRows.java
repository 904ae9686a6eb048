package dev.mastic.crawler.text;

import dev.mastic.crawler.text.TableStructure.Row;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How many rows name the columns, by the contrast to the rows below.
 *
 * @param rows 0 when there is none
 * @param why what decided
 */
record HeaderRows(int rows, String why) {
    private static final int LONGEST_NAME = 1000;
    private static final int MOST = 4;
    private static final int MOST_BELOW = 500;
    private static final double MOSTLY = 0.7;
    private static final int FIRST_YEAR = 1700;
    private static final int LAST_YEAR = 2200;
    private static final EnumSet<CellForm> TYPED = EnumSet.of(
            CellForm.BOOLEAN,
            CellForm.WHOLE,
            CellForm.FRACTION,
            CellForm.COMMA_FRACTION,
            CellForm.AMOUNT,
            CellForm.DATE,
            CellForm.TIME,
            CellForm.TIMESTAMP);

    /** Words that name columns and seldom stand in them. */
    private static final Set<String> USUAL = Set.of(
            "id",
            "name",
            "code",
            "key",
            "value",
            "date",
            "time",
            "timestamp",
            "type",
            "status",
            "description",
            "title",
            "city",
            "country",
            "state",
            "address",
            "email",
            "phone",
            "price",
            "amount",
            "total",
            "count",
            "quantity",
            "qty",
            "year",
            "month",
            "day",
            "url",
            "comment",
            "comments",
            "notes",
            "category",
            "first_name",
            "last_name",
            "firstname",
            "lastname",
            "first name",
            "last name",
            "user",
            "username",
            "gender",
            "age",
            "lat",
            "lon",
            "latitude",
            "longitude",
            "region",
            "street",
            "zip",
            "postcode",
            "number",
            "text",
            "label",
            "unit",
            "units",
            "nombre",
            "fecha",
            "nom",
            "ort",
            "datum",
            "bezeichnung",
            "adresse",
            "strasse",
            "plz",
            "menge",
            "preis");

    /** Finds the header of a table's rows. */
    static HeaderRows of(List<Row> table, int width) {
        List<Row> rows = table.stream()
                .filter(row -> !row.blank() && !row.comment())
                .limit(MOST_BELOW)
                .toList();
        if (rows.isEmpty()) {
            return new HeaderRows(0, "no rows");
        }
        Verdict first = verdict(rows, 0, width);
        if (first.score <= 0) {
            return new HeaderRows(0, "first row is data: " + first.why);
        }
        int header = 1;
        while (header < Math.min(MOST, rows.size() - 1)) {
            Verdict next = verdict(rows, header, width);
            boolean repeated = rows.get(header).cells().equals(rows.get(0).cells());
            if (!repeated && (next.strong == 0 || next.against > 0)) {
                break;
            }
            header++;
        }
        return new HeaderRows(header, "first row is a header: " + first.why);
    }

    private record Verdict(double score, int strong, int against, String why) {}

    private static Verdict verdict(List<Row> rows, int index, int width) {
        Row row = rows.get(index);
        List<Row> below = rows.subList(index + 1, rows.size());
        String refused = refused(row, width);
        if (!refused.isEmpty() && !years(row, below)) {
            return new Verdict(-1, 0, 1, refused);
        }
        if (below.isEmpty()) {
            boolean all = row.cells().stream().allMatch(HeaderRows::identifier);
            return new Verdict(
                    all ? 1 : -1, 0, 0, all ? "a single row of identifiers" : "a single row, not of identifiers");
        }
        double score = 0;
        int strong = 0;
        String why = "";
        for (int i = 0; i < row.cells().size(); i++) {
            String name = row.cells().get(i).strip();
            Column column = Column.of(below, i, name);
            if (column.back
                    && !name.isEmpty()
                    && !row.cells().equals(below.get(0).cells())) {
                return new Verdict(-1, strong, 1, "'" + shown(name) + "' comes back as a value");
            }
            if (name.isEmpty() || column.values == 0) {
                continue;
            }
            if (column.typed >= MOSTLY * column.values) {
                strong++;
                score++;
                why = why.isEmpty() ? "'" + shown(name) + "' stands above " + column.form : why;
            } else if (identifier(name) && 2 * column.identifiers < column.values) {
                score += 0.5;
                why = why.isEmpty() ? "identifiers above texts of another form" : why;
            } else if (USUAL.contains(name.toLowerCase(Locale.ROOT))) {
                score += 0.5;
                why = why.isEmpty() ? "'" + name + "' is a usual name" : why;
            } else if (!identifier(name) || width == 1) {
                score -= width == 1 ? 0.5 : 0.05;
            }
        }
        boolean names = strong > 0 || usual(row) || row.cells().stream().allMatch(HeaderRows::identifierOrEmpty);
        return names && score > 0
                ? new Verdict(score, strong, 0, why)
                : new Verdict(-1, strong, 0, "all columns are texts and the first row looks like the others");
    }

    private static boolean usual(Row row) {
        long known = row.cells().stream()
                .filter(cell -> USUAL.contains(cell.strip().toLowerCase(Locale.ROOT)))
                .count();
        return 3 * known >= row.full();
    }

    /** Why a row cannot be a header; empty when it can. */
    private static String refused(Row row, int width) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < row.cells().size(); i++) {
            String cell = row.cells().get(i).strip();
            if (cell.isEmpty()) {
                continue;
            }
            if (!possibleName(cell)) {
                return "'" + shown(cell) + "' is a value";
            } else if (!names.add(cell) && row.cells().size() <= 3 && width > 1) {
                return "'" + shown(cell) + "' stands in it twice";
            }
        }
        return row.full() * 2 < row.cells().size() ? "most of its values are empty" : "";
    }

    /** Whether a text can name a column: it is no number, date or mark of a missing value, and not a book. */
    static boolean possibleName(String cell) {
        String name = cell.strip();
        if (name.length() >= LONGEST_NAME || name.indexOf('\n') >= 0 && name.length() > LONGEST_NAME / 2) {
            return false;
        }
        CellForm form = CellForm.of(name, 0, name.length());
        return !TYPED.contains(form) && form != CellForm.MARKER && form != CellForm.ADDRESS;
    }

    /** Years above the columns of a series: texts or nothing first, then different years in order. */
    private static boolean years(Row row, List<Row> below) {
        int years = 0;
        int before = 0;
        for (int i = 0; i < row.cells().size(); i++) {
            String cell = row.cells().get(i).strip();
            boolean four = cell.length() == 4 && cell.chars().allMatch(c -> c >= '0' && c <= '9');
            int year = four ? Integer.parseInt(cell) : 0;
            if (year < FIRST_YEAR || year > LAST_YEAR) {
                if (years > 0 || !possibleName(cell)) {
                    return false;
                }
                continue;
            }
            if (years > 0
                    && Math.abs(year - before) != 1
                    && Math.abs(year - before) != 5
                    && Math.abs(year - before) != 10) {
                return false;
            }
            years++;
            before = year;
        }
        return years >= 3 && !below.isEmpty() && !years(below.get(0), List.of());
    }

    /** What stands below a name. */
    private static final class Column {
        private int values;
        private int typed;
        private int identifiers;
        private boolean back;
        private String form = "";

        static Column of(List<Row> below, int index, String name) {
            Column column = new Column();
            for (Row row : below) {
                if (index >= row.cells().size() || row.cells().get(index).isBlank()) {
                    continue;
                }
                String value = row.cells().get(index).strip();
                CellForm form = CellForm.of(value, 0, value.length());
                if (form == CellForm.MARKER) {
                    continue;
                }
                column.values++;
                column.back |= value.equalsIgnoreCase(name);
                if (TYPED.contains(form)) {
                    column.typed++;
                    column.form = form.name().toLowerCase(Locale.ROOT).replace('_', ' ');
                }
                column.identifiers += identifier(value) ? 1 : 0;
            }
            return column;
        }
    }

    private static boolean identifierOrEmpty(String cell) {
        return cell.isBlank() || identifier(cell);
    }

    /** snake_case, camelCase, kebab-case and plain lower-case words. */
    static boolean identifier(String cell) {
        String text = cell.strip();
        if (text.isEmpty() || text.length() > LONGEST_NAME || !Character.isLowerCase(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}
