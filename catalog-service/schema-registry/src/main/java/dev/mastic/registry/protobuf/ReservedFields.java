package dev.mastic.registry.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;

import java.util.ArrayList;
import java.util.List;

/** Numbers and names that an older version reserved must stay unused: data from before their removal may be about. */
final class ReservedFields {
    private ReservedFields() {}

    static List<String> reused(FileDescriptor newer, FileDescriptor older) {
        List<String> reasons = new ArrayList<>();
        messages(newer.getMessageTypes(), older, reasons);
        return reasons;
    }

    private static void messages(List<Descriptor> messages, FileDescriptor older, List<String> reasons) {
        for (Descriptor message : messages) {
            Descriptor before = WireCompatibility.find(older, message.getFullName());
            if (before != null) {
                for (FieldDescriptor field : message.getFields()) {
                    boolean number = before.isReservedNumber(field.getNumber());
                    if (number || before.isReservedName(field.getName())) {
                        reasons.add("message " + message.getFullName() + ": field " + field.getName() + " = "
                                + field.getNumber() + " uses a " + (number ? "number" : "name")
                                + " that the older version reserved");
                    }
                }
            }
            messages(message.getNestedTypes(), older, reasons);
        }
    }
}
