package dev.mastic.job.code;

/** Constants of Java. */
final class JavaText {
    private JavaText() {}

    static String quoted(String text) {
        return isBlock(text) ? block(text) : '"' + escaped(text) + '"';
    }

    static String character(char character) {
        return character == '"' ? "'\"'" : character == '\'' ? "'\\''" : "'" + escaped(String.valueOf(character)) + "'";
    }

    /** Texts of several lines, queries for instance, that a text block holds as they are. */
    private static boolean isBlock(String text) {
        return text.contains("\n")
                && text.lines().allMatch(line -> line.equals(line.strip()) && !line.isEmpty())
                && !text.startsWith("\n")
                && text.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 127 && c != '\\' && c != '"');
    }

    private static String block(String text) {
        String indented = "\"\"\"\n" + text.indent(16);
        return text.endsWith("\n")
                ? indented + " ".repeat(16) + "\"\"\""
                : indented.substring(0, indented.length() - 1) + "\"\"\"";
    }

    private static String escaped(String text) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> result.append("\\\"");
                case '\\' -> result.append("\\\\");
                case '\n' -> result.append("\\n");
                case '\r' -> result.append("\\r");
                case '\t' -> result.append("\\t");
                default -> {
                    if (c < ' ') {
                        result.append(String.format("\\%03o", (int) c));
                    } else if (c >= 127 && (Character.isSurrogate(c) || Character.isISOControl(c))) {
                        result.append(String.format("\\u%04x", (int) c));
                    } else {
                        result.append(c);
                    }
                }
            }
        }
        return result.toString();
    }
}
