package dev.tgsession.session;

import dev.tgsession.bytes.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * An internet address as numbers: 4 bytes (IPv4) or 16 (IPv6), so that two ways to write one address compare equal.
 *
 * <p>Never asks a name server.
 *
 * @param bytes in network order
 */
public record IpAddress(Bytes bytes) {
    private static final int LONGEST_TEXT = 45;

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if it is neither 4 nor 16 bytes
     */
    public IpAddress {
        if (bytes.size() != 4 && bytes.size() != 16) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.size());
        }
    }

    /** Reads {@code 149.154.167.51} or {@code 2001:67c:4e8:f002::a}, also in square brackets; empty for anything else. */
    public static Optional<IpAddress> parse(String text) {
        String bare = text.strip();
        if (bare.startsWith("[") && bare.endsWith("]")) {
            bare = bare.substring(1, bare.length() - 1);
        }
        if (bare.isEmpty() || bare.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        return bare.indexOf(':') >= 0 ? parseIpv6(bare) : parseIpv4(bare);
    }

    public boolean isIpv6() {
        return bytes.size() == 16;
    }

    /** As Telethon and its kin write it: dotted, or lower-case hex with the longest run of zeros left out. */
    public String text() {
        return isIpv6() ? ipv6Text() : ipv4Text();
    }

    @Override
    public String toString() {
        return text();
    }

    boolean is(String other) {
        Optional<IpAddress> parsed = parse(other);
        return parsed.isPresent() && parsed.get().bytes.equals(bytes);
    }

    /** Whether an IPv4 address lies in that range, ends included. */
    boolean isBetween(String first, String last) {
        return !isIpv6()
                && bytes.compareTo(parse(first).orElseThrow().bytes) >= 0
                && bytes.compareTo(parse(last).orElseThrow().bytes) <= 0;
    }

    /** Whether it is this machine or a private network, where no server of Telegram's stands. */
    boolean isOwn() {
        try {
            InetAddress address = InetAddress.getByAddress(bytes.toArray());
            boolean uniqueLocal = isIpv6() && (bytes.at(0) & 0xfe) == 0xfc;
            return address.isLoopbackAddress()
                    || address.isSiteLocalAddress()
                    || address.isLinkLocalAddress()
                    || address.isAnyLocalAddress()
                    || uniqueLocal;
        } catch (UnknownHostException wrongSize) {
            throw new IllegalStateException(wrongSize);
        }
    }

    private static Optional<IpAddress> parseIpv4(String text) {
        byte[] parsed = new byte[4];
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        for (int i = 0; i < 4; i++) {
            int number = number(parts[i], 10, 3);
            if (number < 0 || number > 255) {
                return Optional.empty();
            }
            parsed[i] = (byte) number;
        }
        return Optional.of(new IpAddress(Bytes.of(parsed)));
    }

    /** Groups before and after the gap of zeros; the last group may be dotted. */
    private static Optional<IpAddress> parseIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        Optional<Bytes> head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        Optional<Bytes> tail = gap < 0 ? Optional.of(Bytes.EMPTY) : groups(text.substring(gap + 2), true);
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int missing = 16 - head.get().size() - tail.get().size();
        // A gap stands for at least one group; without a gap nothing may be missing.
        if (gap < 0 ? missing != 0 : missing < 2) {
            return Optional.empty();
        }
        return Optional.of(new IpAddress(Bytes.join(head.get(), Bytes.of(new byte[missing]), tail.get())));
    }

    private static Optional<Bytes> groups(String text, boolean mayEndDotted) {
        if (text.isEmpty()) {
            return Optional.of(Bytes.EMPTY);
        }
        Bytes result = Bytes.EMPTY;
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (mayEndDotted && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                Optional<IpAddress> dotted = parseIpv4(parts[i]);
                if (dotted.isEmpty()) {
                    return Optional.empty();
                }
                result = result.plus(dotted.get().bytes);
                continue;
            }
            int group = number(parts[i], 16, 4);
            if (group < 0) {
                return Optional.empty();
            }
            result = result.plus(Bytes.of((byte) (group >> 8), (byte) group));
        }
        return result.size() <= 16 ? Optional.of(result) : Optional.empty();
    }

    /** The number, or -1 when this is none of at most so many digits. */
    private static int number(String digits, int radix, int mostDigits) {
        if (digits.isEmpty() || digits.length() > mostDigits) {
            return -1;
        }
        int result = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            result = result * radix + digit;
        }
        return result;
    }

    private String ipv4Text() {
        return bytes.at(0) + "." + bytes.at(1) + "." + bytes.at(2) + "." + bytes.at(3);
    }

    /** RFC 5952: the longest run of two or more zero groups becomes the gap, the first one when two are as long. */
    private String ipv6Text() {
        int gapStart = -1;
        int gapLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && group(i + length) == 0) {
                length++;
            }
            if (length > gapLength) {
                gapStart = i;
                gapLength = length;
            }
            i += length;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == gapStart) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int group(int index) {
        return bytes.at(2 * index) << 8 | bytes.at(2 * index + 1);
    }
}
