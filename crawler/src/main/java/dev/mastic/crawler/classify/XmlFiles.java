package dev.mastic.crawler.classify;

import dev.mastic.crawler.classify.TextFormat.Xml;
import dev.mastic.crawler.source.UnreadableFileException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts as XML whose rows are elements of one name. */
final class XmlFiles {
    private static final Pattern START = Pattern.compile("<(?:\\?xml\\s|!--|!DOCTYPE\\s|[A-Za-z_][\\w.:-]*+[\\s/>])");

    private XmlFiles() {}

    /** Whether a text starts as XML does. */
    static boolean looksLikeXml(SampleText text) {
        return START.matcher(text.text().stripLeading()).lookingAt();
    }

    /**
     * Profiles a text.
     *
     * @param rowTag empty when it is to be guessed
     * @throws UnreadableFileException when no row can be read
     */
    static FileProfile profile(Sample sample, SampleText text, String classification, String rowTag) {
        if (!rowTag.isEmpty()) {
            return profile(sample, text, new Xml(classification, rowTag), "row element <" + rowTag + ">");
        }
        XmlRows rows = new XmlRows();
        String content = text.text().stripLeading();
        String problem = XmlReader.read(content, rows);
        if (rows.elements() < 2) {
            throw new UnreadableFileException(
                    "it starts as XML, but " + (problem == null ? "it has no element but its root" : problem));
        }
        XmlRows.Guess guess = rows.guess();
        return profile(sample, text, new Xml(classification, guess.rowTag()), guess.why());
    }

    private static FileProfile profile(Sample sample, SampleText text, Xml format, String why) {
        Rows rows = new Rows(format.rowTag());
        @Nullable String problem = XmlReader.read(text.text().stripLeading(), rows);
        List<ColumnProfile> columns = rows.shape.columns();
        if (rows.count == 0 || columns.isEmpty()) {
            throw new UnreadableFileException("it has no element <" + format.rowTag() + "> with something in it"
                    + (problem == null ? "" : "; " + problem));
        }
        List<String> warnings = new ArrayList<>(text.warnings());
        if (problem != null && (text.whole() || rows.deep(problem))) {
            warnings.add(problem + "; only the " + rows.count + " rows before that were looked at");
        }
        if (rows.selfClosing > 0) {
            warnings.add(rows.selfClosing + " of " + rows.count + " row elements close themselves (<" + format.rowTag()
                    + " .../>), which Glue's readers leave out; write <" + format.rowTag() + " ...></"
                    + format.rowTag() + ">");
        }
        if (rows.shape.more()) {
            warnings.add(
                    "its rows have more than " + JsonTypes.MOST_COLUMNS + " different parts; the others are left out");
        }
        return new FileProfile(
                sample.object(),
                format,
                text.compression(),
                columns,
                false,
                Math.round(rows.count / Math.max(text.fraction(), 1e-9)),
                text.whole(),
                sample.bytes().length,
                List.of(why, rows.count + " rows were read"),
                warnings);
    }

    /** Takes the shape of the rows. Rows in rows are parts of the outer one. */
    private static final class Rows implements XmlReader.Listener {
        private final String rowTag;
        private final XmlShape shape = new XmlShape();
        private final Deque<Open> open = new ArrayDeque<>();
        private long count;
        private long selfClosing;

        Rows(String rowTag) {
            this.rowTag = rowTag;
        }

        private static final class Open {
            private final XmlShape shape;
            private final StringBuilder text = new StringBuilder();
            private final Set<String> seen = new HashSet<>();

            Open(XmlShape shape) {
                this.shape = shape;
            }
        }

        @Override
        public void start(String name, Map<String, String> attributes, boolean closing) {
            if (open.isEmpty() && !name.equals(rowTag)) {
                return;
            }
            Open element;
            if (open.isEmpty()) {
                selfClosing += closing ? 1 : 0;
                element = new Open(shape);
            } else {
                Open above = open.element();
                if (!above.seen.add(name)) {
                    above.shape.repeats(name);
                }
                element = new Open(above.shape.part(name));
            }
            attributes.forEach((attribute, value) -> {
                String part = XmlShape.ATTRIBUTE_PREFIX + attribute;
                element.seen.add(part);
                element.shape.part(part).text(value.strip());
            });
            open.push(element);
        }

        @Override
        public void text(String text) {
            if (!open.isEmpty()) {
                open.element().text.append(text);
            }
        }

        @Override
        public void end() {
            if (open.isEmpty()) {
                return;
            }
            Open element = open.pop();
            String text = element.text.toString().strip();
            if (element.seen.isEmpty() || !text.isEmpty()) {
                element.shape.text(text);
            }
            if (open.isEmpty()) {
                count++;
            }
        }

        /** A part of a file ends somewhere; what is nested too deep is wrong in any part. */
        boolean deep(String problem) {
            return problem.startsWith("its elements are nested");
        }
    }
}
