package dev.mastic.crawler.classify;

import dev.mastic.crawler.classify.TextFormat.GrokLines;
import dev.mastic.crawler.grok.Grok;

import java.util.List;

/**
 * Logs that are known without a classifier of the user's. Classifications are Glue's where it has one; patterns name
 * nothing but patterns of Glue's dictionary, so that its SerDe reads them.
 */
enum LogFormat {
    /** The access log that nginx's packages set up: Apache's combined form and who the request was forwarded for. */
    NGINX("nginx", "%{COMBINEDAPACHELOG} %{QS:forwarded_for}"),
    COMBINED_APACHE("combined_apache", "%{COMBINEDAPACHELOG}"),
    APACHE("apache", "%{COMMONAPACHELOG}"),
    NGINX_ERROR(
            "nginx_error",
            "(?<timestamp>%{YEAR}/%{MONTHNUM}/%{MONTHDAY} %{TIME}) \\[%{LOGLEVEL:level}\\]"
                    + " %{POSINT:pid:int}#%{NONNEGINT:tid:int}: (?:\\*%{NONNEGINT:connection:long} )?"
                    + "%{GREEDYDATA:message}"),
    LINUX_KERNEL(
            "linux_kernel",
            "(?:%{SYSLOGTIMESTAMP:timestamp} %{SYSLOGHOST:logsource} kernel: )?\\[ *%{NUMBER:uptime:double}\\]"
                    + " %{GREEDYDATA:message}"),
    /** Ruby's own logger. */
    RUBY_LOGGER(
            "ruby_logger",
            "[DFEWI], \\[%{TIMESTAMP_ISO8601:timestamp} #%{POSINT:pid:int}\\] *(?<loglevel>DEBUG|FATAL|ERROR|WARN|INFO)"
                    + " -- +%{DATA:progname}: %{GREEDYDATA:message}"),
    /** Squid's own form, since its version 3. */
    SQUID(
            "squid",
            "%{NUMBER:timestamp:double}\\s+%{NUMBER:duration:long}\\s%{IP:client_address}\\s%{WORD:cache_result}"
                    + "/%{NONNEGINT:status_code:int}\\s%{NUMBER:bytes:long}\\s%{WORD:request_method}\\s%{NOTSPACE:url}"
                    + "\\s%{NOTSPACE:user}\\s%{WORD:hierarchy_code}/%{NOTSPACE:server}\\s%{NOTSPACE:content_type}"),
    /** What Redis answers to MONITOR. */
    REDIS_MONITOR(
            "redismonlog",
            "%{NUMBER:timestamp:double} \\[%{INT:database:int} %{IP:client}:%{NUMBER:port:int}\\] \"%{WORD:command}\""
                    + "\\s?%{GREEDYDATA:params}"),
    SYSLOG("syslog", "%{SYSLOGBASE} %{GREEDYDATA:message}"),
    /** RFC 5424. */
    SYSLOG_5424(
            "syslog",
            "<%{NONNEGINT:priority:int}>%{POSINT:version:int} (?:%{TIMESTAMP_ISO8601:timestamp}|-)"
                    + " %{NOTSPACE:logsource} %{NOTSPACE:program} %{NOTSPACE:pid} %{NOTSPACE:message_id}"
                    + " %{GREEDYDATA:message}");

    /** In the order in which they are asked: those that say more first. */
    static final List<LogFormat> ALL = List.of(values());

    private final GrokLines format;
    private final Grok grok;

    LogFormat(String classification, String pattern) {
        this.format = new GrokLines(classification, pattern, "");
        this.grok = Grok.compile(pattern, "");
    }

    GrokLines format() {
        return format;
    }

    Grok grok() {
        return grok;
    }
}
