package dev.mastic.catalog.store;

import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

/** Glue's errors, of requests and of items in them. */
public final class Errors {
    private Errors() {}

    /** What a request that cannot be done is answered with. */
    public static InvalidInputException invalid(String message) {
        return InvalidInputException.builder().message(message).build();
    }

    /** What a request for something that is not there is answered with. */
    public static EntityNotFoundException missing(String what) {
        return EntityNotFoundException.builder().message(what + " not found.").build();
    }

    /** An error of one item of a request. */
    public static ErrorDetail detail(GlueException e) {
        return ErrorDetail.builder()
                .errorCode(e.getClass().getSimpleName())
                .errorMessage(e.getMessage())
                .build();
    }
}
