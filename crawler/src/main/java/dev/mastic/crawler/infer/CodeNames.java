package dev.mastic.crawler.infer;

import java.util.Locale;
import java.util.Set;

/** Names of columns whose digits are no numbers: nobody adds up telephone numbers, and a leading zero may be in the next file. */
final class CodeNames {
    private static final Set<String> WORDS = Set.of(
            "phone",
            "telephone",
            "tel",
            "mobile",
            "fax",
            "handy",
            "telefon",
            "zip",
            "zipcode",
            "postcode",
            "postalcode",
            "postal",
            "plz",
            "iban",
            "bic",
            "isbn",
            "issn",
            "ean",
            "gtin",
            "upc",
            "barcode",
            "ssn",
            "imei",
            "msisdn",
            "iccid",
            "fips",
            "siret",
            "siren",
            "vat");

    private CodeNames() {}

    /** Whether one of the words of a name says so. */
    static boolean names(String column) {
        for (String word : column.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            if (WORDS.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
