package dev.mastic.job;

/** Rows by the name that a query knows them by. */
public record NamedFrame(String alias, Frame frame) {}
