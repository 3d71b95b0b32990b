package dev.tgsession.session;

/**
 * A server that holds accounts: its number and where to reach it.
 *
 * @param id 1 to 5 in production, 1 to 3 on the test servers; up to 255 fits every session format
 * @param host a bare IPv4 or IPv6 address without brackets, or a host name
 * @param port 1 to 65535
 */
public record DataCenter(int id, String host, int port, Environment environment) {
    private static final int LONGEST_HOST_NAME = 253;
    private static final int TEST_OFFSET = 10_000;

    /**
     * Checks what must hold.
     *
     * @throws IllegalArgumentException if id or port are out of range, or the host is no address and no name
     */
    public DataCenter {
        if (id < 1 || id > 9999) {
            throw new IllegalArgumentException("a data center has a number from 1 to 9999, not " + id);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port lies between 1 and 65535, not at " + port);
        }
        if (!isHost(host)) {
            throw new IllegalArgumentException("this is no address and no host name");
        }
    }

    /**
     * The number that key creation and the obfuscated header carry: 10000 more on the test servers.
     *
     * <p>Source: <a href="https://core.telegram.org/mtproto/auth_key">mtproto/auth_key</a>, {@code p_q_inner_data_dc}.
     */
    public int wireId() {
        return environment == Environment.TEST ? TEST_OFFSET + id : id;
    }

    /** Whether the host is written as an IPv6 address. */
    public boolean isIpv6() {
        return host.indexOf(':') >= 0;
    }

    /** The same server at another address. */
    public DataCenter at(String otherHost, int otherPort) {
        return new DataCenter(id, otherHost, otherPort, environment);
    }

    /** As people write it: {@code 149.154.167.51:443} or {@code [2001:67c:4e8:f002::a]:443}. */
    public String address() {
        return isIpv6() ? "[" + host + "]:" + port : host + ":" + port;
    }

    /** Letters, digits, dots, dashes and underscores make a name, hex digits, colons and dots an IPv6 address. */
    public static boolean isHost(String text) {
        if (text.isEmpty() || text.length() > LONGEST_HOST_NAME) {
            return false;
        }
        boolean colons = text.indexOf(':') >= 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean hex = digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean fits = colons ? hex || c == ':' || c == '.' : letter || digit || c == '.' || c == '-' || c == '_';
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
