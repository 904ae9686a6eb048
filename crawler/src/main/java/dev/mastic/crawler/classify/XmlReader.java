package dev.mastic.crawler.classify;

import org.jspecify.annotations.Nullable;

import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Goes through XML from its start to its end or to what is wrong in it. Document types and entities are not read: they
 * could grow without end, or fetch other files.
 */
final class XmlReader {
    /** Elements in elements; engines give up on types that are nested deeper. */
    static final int DEEPEST = 100;

    private static final XMLInputFactory FACTORY = factory();

    private XmlReader() {}

    /** Hears of elements. */
    interface Listener {
        /**
         * An element begins.
         *
         * @param name with its prefix
         * @param attributes without declarations of namespaces
         * @param selfClosing whether it is written {@code <a/>}
         */
        void start(String name, Map<String, String> attributes, boolean selfClosing);

        /** Text in the element that is open. */
        void text(String text);

        /** The element that is open ends. */
        void end();
    }

    /** Reads a text; tells what is wrong with it, where, and is null when nothing is. */
    static @Nullable String read(String text, Listener listener) {
        int depth = 0;
        @Nullable XMLStreamReader reader = null;
        try {
            reader = FACTORY.createXMLStreamReader(new StringReader(text));
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++depth > DEEPEST) {
                            return "its elements are nested deeper than " + DEEPEST + " levels"
                                    + place(reader.getLocation());
                        }
                        listener.start(name(reader), attributes(reader), selfClosing(text, reader.getLocation()));
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        listener.end();
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        if (depth > 0) {
                            listener.text(reader.getText());
                        }
                    }
                    default -> {} // comments, processing instructions
                }
            }
            return null;
        } catch (XMLStreamException e) {
            // Told from the text: what the reader says of an entity that it does not know is no part of its contract.
            return message(e)
                    + (text.contains("<!ENTITY")
                            ? "; document types and their entities are not read: they could grow without end or name"
                                    + " other files; write the texts themselves"
                            : "");
        } finally {
            close(reader);
        }
    }

    private static void close(@Nullable XMLStreamReader reader) {
        if (reader != null) {
            try {
                reader.close();
            } catch (XMLStreamException e) {
                throw new IllegalStateException("A reader of a text in memory could not be closed", e);
            }
        }
    }

    private static String name(XMLStreamReader reader) {
        String prefix = reader.getPrefix();
        return prefix == null || prefix.isEmpty() ? reader.getLocalName() : prefix + ":" + reader.getLocalName();
    }

    private static Map<String, String> attributes(XMLStreamReader reader) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String prefix = reader.getAttributePrefix(i);
            String name = reader.getAttributeLocalName(i);
            attributes.put(
                    prefix == null || prefix.isEmpty() ? name : prefix + ":" + name, reader.getAttributeValue(i));
        }
        return attributes;
    }

    /** The reader stands behind the element's start tag. */
    private static boolean selfClosing(String text, Location location) {
        int end = location.getCharacterOffset();
        return end >= 2 && end <= text.length() && text.charAt(end - 1) == '>' && text.charAt(end - 2) == '/';
    }

    private static String message(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int at = message.indexOf("Message: ");
        String what = at < 0 ? message : message.substring(at + "Message: ".length());
        return "its XML is broken: " + what.lines().findFirst().orElse(what) + place(e.getLocation());
    }

    private static String place(@Nullable Location location) {
        return location == null || location.getLineNumber() < 0
                ? ""
                : " (line " + location.getLineNumber() + ", column " + location.getColumnNumber() + ")";
    }

    /** The JDK's own, whatever else is on the class path. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        // Files are read whose prefixes are declared outside of the part that is read, or nowhere.
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }
}
