package dev.mastic.server.config;

/** A setting is unknown or has no valid value; the message names the setting, where it was given, and the fix. */
public final class ConfigException extends RuntimeException {
    /** @param message for the operator */
    public ConfigException(String message) {
        super(message);
    }
}
