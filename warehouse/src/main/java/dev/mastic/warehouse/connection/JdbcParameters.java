package dev.mastic.warehouse.connection;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parameters of JDBC addresses that nobody may set by a connection of the catalog. */
public final class JdbcParameters {
    private static final Pattern PARAMETER = Pattern.compile("[?&;,(:]\\s*([\\w.]{1,64})\\s*=");

    /** Parameters by which a driver loads classes, runs statements, touches this machine's files, or makes databases. */
    private static final Set<String> REFUSED = Set.of(
            "socketfactory",
            "socketfactoryarg",
            "sslfactory",
            "sslfactoryarg",
            "sslpasswordcallback",
            "sslhostnameverifier",
            "loggerfile",
            "authenticationpluginclassname",
            "xmlfactoryfactory",
            "init",
            "autodeserialize",
            "queryinterceptors",
            "statementinterceptors",
            "allowloadlocalinfile",
            "allowurlinlocalinfile",
            "allowlocalinfile",
            "krbjaasfile",
            "credentialtype",
            "create",
            "createfrom",
            "restorefrom",
            "rollforwardrecoveryfrom",
            "logdevice",
            "drop",
            "shutdown",
            "upgrade",
            "trace_level_file",
            "initsql",
            "sessionvariables",
            "sqlservervaluecallback",
            "trustmanagerclass");

    private JdbcParameters() {}

    /** The first parameter of an address that is refused, as it is spelt there. */
    public static Optional<String> refused(String url) {
        Matcher parameter = PARAMETER.matcher(url);
        while (parameter.find()) {
            if (REFUSED.contains(parameter.group(1).toLowerCase(Locale.ROOT))) {
                return Optional.of(parameter.group(1));
            }
        }
        return Optional.empty();
    }
}
