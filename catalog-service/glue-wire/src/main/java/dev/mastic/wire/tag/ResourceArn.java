package dev.mastic.wire.tag;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one resource of Glue, as "Specifying AWS Glue resource ARNs" has it.
 *
 * @param owner partition, region and account, as in {@code arn:aws:glue:us-east-1:123456789012}
 * @param type of the resource, {@code database}
 * @param name what stands behind the type; that of a schema is {@code registry/schema}
 */
record ResourceArn(String owner, String type, String name) {
    private static final Pattern FORM = Pattern.compile(
            "(?<owner>arn:aws[a-z-]*:glue:[a-z0-9-]+:[0-9]{12}):(?<type>[A-Za-z]+)/(?<name>.+)", Pattern.DOTALL);
    private static final int LONGEST_SHOWN = 200;

    /** @throws InvalidInputException when the text is no ARN of a resource of Glue */
    static ResourceArn parse(@Nullable String arn) {
        if (arn == null) {
            throw Tags.invalid("ResourceArn is missing");
        }
        Tags.requireStorable(arn, "ResourceArn");
        Matcher parts = FORM.matcher(arn);
        if (!parts.matches()) {
            throw Tags.invalid("ResourceArn " + shortened(arn)
                    + " is not of the form arn:aws:glue:REGION:ACCOUNT:TYPE/NAME, such as"
                    + " arn:aws:glue:us-east-1:123456789012:job/nightly");
        }
        return new ResourceArn(parts.group("owner"), parts.group("type"), parts.group("name"));
    }

    private static String shortened(String arn) {
        return arn.length() <= LONGEST_SHOWN ? arn : arn.substring(0, LONGEST_SHOWN) + "...";
    }

    @Override
    public String toString() {
        return owner + ":" + type + "/" + name;
    }
}
