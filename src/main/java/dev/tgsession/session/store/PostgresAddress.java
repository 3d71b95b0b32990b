package dev.tgsession.session.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a PostgreSQL database is and how to get in, as a URL says it that Heroku and {@code psql} understand:
 *
 * <pre>
 *   postgres://user:password@host:5432/database?sslmode=require&amp;tgsession=NAME
 * </pre>
 *
 * <p>User, password and name may be written with percent signs. What is not there is taken from {@code PGUSER},
 * {@code PGPASSWORD} and {@code PGSSLMODE}. On a dyno, whose database is reached through a network of strangers, a
 * connection without TLS has to be asked for. Holds a password, so it does not print, and no complaint repeats a part of the
 * URL: a password with a sign that means something in a URL ends up anywhere.
 *
 * <p>Source: <a href="https://www.postgresql.org/docs/current/libpq-connect.html">libpq-connect</a>, 34.1.1.2.
 */
final class PostgresAddress {
    private static final int DEFAULT_PORT = 5432;
    private static final String NAME = "tgsession";
    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    /** What a URL may ask for, and how the driver calls it. The driver's other settings are not for whoever writes a URL. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "user", "user",
            "password", "password",
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "sslcert", "sslcert",
            "sslkey", "sslkey",
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName",
            "channel_binding", "channelBinding");

    private final String host;
    private final int port;
    private final String database;
    private final Map<String, String> settings;
    private final Optional<String> sessionName;

    private PostgresAddress(
            String host, int port, String database, Map<String, String> settings, Optional<String> sessionName) {
        this.host = host;
        this.port = port;
        this.database = database;
        this.settings = Map.copyOf(settings);
        this.sessionName = sessionName;
    }

    /** Whether this is a URL of such a database. */
    static boolean isOne(String url) {
        return url.startsWith("postgres://") || url.startsWith("postgresql://");
    }

    /**
     * Reads a URL.
     *
     * @throws StoreException if it cannot be understood
     */
    static PostgresAddress of(String url, Map<String, String> environment) throws StoreException {
        if (!isOne(url)) {
            throw misread("it begins with neither postgres:// nor postgresql://");
        }
        String rest = url.substring(url.indexOf("://") + 3);
        int fragmentAt = rest.indexOf('#');
        Optional<String> name =
                fragmentAt < 0 ? Optional.empty() : Optional.of(decoded(rest.substring(fragmentAt + 1)));
        rest = fragmentAt < 0 ? rest : rest.substring(0, fragmentAt);
        int queryAt = rest.indexOf('?');
        String query = queryAt < 0 ? "" : rest.substring(queryAt + 1);
        rest = queryAt < 0 ? rest : rest.substring(0, queryAt);
        int pathAt = rest.indexOf('/');
        String path = pathAt < 0 ? "" : rest.substring(pathAt + 1);
        String authority = pathAt < 0 ? rest : rest.substring(0, pathAt);

        if (authority.indexOf('@') < 0 && url.indexOf('@') >= 0) {
            // What stands before it would be taken for a host and shown, and may be a password.
            throw misread("an @ stands behind the host, so a sign in the password is not written as %XX");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        int userEnd = authority.lastIndexOf('@');
        if (userEnd >= 0) {
            readUser(authority.substring(0, userEnd), settings);
        }
        Map<String, String> parameters = parameters(query);
        if (parameters.containsKey(NAME)) {
            name = Optional.of(parameters.remove(NAME));
        }
        settings.putAll(parameters);
        fillIn(settings, environment);

        String place = authority.substring(userEnd + 1);
        String database = decoded(path);
        return new PostgresAddress(
                host(place),
                port(place),
                database.isEmpty() ? settings.getOrDefault("user", "") : database,
                settings,
                name.filter(one -> !one.isEmpty()));
    }

    /** The session the URL names, if it does. */
    Optional<String> sessionName() {
        return sessionName;
    }

    /** Host and port, for sentences. */
    String place() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** For the driver; without user and password. */
    String jdbcUrl() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + bracketed + ":" + port + "/"
                + java.net.URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The driver's settings, with user and password. */
    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "tgsession");
        properties.setProperty("connectTimeout", "10");
        // A server that vanished without a word is noticed.
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        // A pooler between us and the server gives each transaction another connection.
        properties.setProperty("prepareThreshold", "0");
        // Details quote rows, and rows hold keys.
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("gssEncMode", "disable");
        settings.forEach((name, value) -> {
            if (name.equals("sslrootcert") && value.equals("system")) {
                properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
            } else {
                properties.setProperty(String.valueOf(PARAMETERS.get(name)), value);
            }
        });
        return properties;
    }

    /** Without user, password and parameters. */
    @Override
    public String toString() {
        return "postgres://" + place() + "/" + database;
    }

    private static void readUser(String userInfo, Map<String, String> settings) throws StoreException {
        int colon = userInfo.indexOf(':');
        String user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
        if (!user.isEmpty()) {
            settings.put("user", user);
        }
        if (colon >= 0) {
            settings.put("password", decoded(userInfo.substring(colon + 1)));
        }
    }

    private static Map<String, String> parameters(String query) throws StoreException {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : query.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (equals < 0 || !(PARAMETERS.containsKey(name) || name.equals(NAME))) {
                throw misread("there is a parameter in it other than "
                        + String.join(", ", new java.util.TreeSet<>(PARAMETERS.keySet())) + " and " + NAME);
            }
            parameters.put(name, decoded(part.substring(equals + 1)));
        }
        return parameters;
    }

    private static void fillIn(Map<String, String> settings, Map<String, String> environment) throws StoreException {
        String osUser = System.getProperty("user.name", "");
        settings.putIfAbsent("user", environment.getOrDefault("PGUSER", osUser));
        String password = environment.getOrDefault("PGPASSWORD", "");
        if (!settings.containsKey("password") && !password.isEmpty()) {
            settings.put("password", password);
        }
        boolean dyno = !environment.getOrDefault("DYNO", "").isEmpty();
        settings.putIfAbsent("sslmode", environment.getOrDefault("PGSSLMODE", dyno ? "require" : "prefer"));
        if (!SSL_MODES.contains(settings.get("sslmode"))) {
            throw misread("sslmode is none of " + String.join(", ", SSL_MODES));
        }
        String wait = settings.getOrDefault("connect_timeout", "10");
        if (wait.isEmpty() || wait.length() > 4 || !wait.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw misread("connect_timeout is no number of seconds");
        }
    }

    private static String host(String place) throws StoreException {
        String host = place;
        if (place.startsWith("[")) {
            int end = place.indexOf(']');
            if (end < 0) {
                throw misread("a bracket is not closed");
            }
            host = place.substring(1, end);
        } else if (place.indexOf(':') >= 0) {
            host = place.substring(0, place.indexOf(':'));
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && ".-_:%".indexOf(c) < 0) {
                throw misread("what stands for the host is none");
            }
        }
        return host.isEmpty() ? "localhost" : host;
    }

    private static int port(String place) throws StoreException {
        int start = place.startsWith("[") ? place.indexOf(']') + 1 : Math.max(place.indexOf(':'), 0);
        String text = place.substring(Math.min(start, place.length()));
        if (text.isEmpty() || text.indexOf(':') != 0) {
            if (place.startsWith("[") && !text.isEmpty()) {
                throw misread("something follows the bracket");
            }
            return DEFAULT_PORT;
        }
        try {
            int port = Integer.parseInt(text.substring(1));
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException noNumber) {
            // Said below, without the text.
        }
        throw misread("what stands for the port is none");
    }

    private static String decoded(String text) throws StoreException {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 4);
        for (int i = 0; i < text.length(); ) {
            int letter = text.codePointAt(i);
            if (letter == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw misread("a percent sign in it is not followed by two hex digits");
                }
                bytes.put((byte) (high << 4 | low));
                i += 3;
            } else {
                bytes.put(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(letter);
            }
        }
        try {
            String decoded =
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            if (decoded.indexOf('\0') >= 0) {
                throw misread("there is a zero byte in it");
            }
            return decoded;
        } catch (CharacterCodingException noText) {
            throw misread("it is not written in UTF-8");
        }
    }

    private static StoreException misread(String why) {
        return new StoreException(
                "the URL of the database is not understood: " + why,
                "It looks like postgres://USER:PASSWORD@HOST:5432/DATABASE; signs such as @ : / ? # % in a password are"
                        + " written as %40 %3A %2F %3F %23 %25.");
    }
}
