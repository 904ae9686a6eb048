package dev.mastic.warehouse.load;

/** A row that the warehouse does not take, and why. */
record Refusal(long row, String reason, String content) {}
