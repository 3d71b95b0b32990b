package dev.tgsession.session.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Unpacks an archive of folders, files and links that Maven has checked; as {@code tar} of 1988 writes it. */
final class Tar {
    private static final int BLOCK = 512;

    private final InputStream in;

    Tar(InputStream in) {
        this.in = in;
    }

    void unpack(Path folder) throws IOException {
        String longName = "";
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) {
                return;
            }
            String prefix = text(header, 345, 155);
            String name = longName.isEmpty() ? text(header, 0, 100) : longName;
            boolean ustar = text(header, 257, 6).equals("ustar");
            Path path = folder.resolve(ustar && !prefix.isEmpty() && longName.isEmpty() ? prefix + "/" + name : name)
                    .normalize();
            if (!path.startsWith(folder)) {
                throw new IOException("leads out of its folder: " + name);
            }
            long size = octal(header, 124, 12);
            longName = "";
            switch (header[156]) {
                case 'L' -> longName = new String(content(size), StandardCharsets.UTF_8).replace("\0", "");
                case '5' -> Files.createDirectories(path);
                case '2' -> {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of(text(header, 157, 100)));
                }
                case '0', 0 -> {
                    Files.createDirectories(path.getParent());
                    try (OutputStream out = Files.newOutputStream(path)) {
                        out.write(content(size));
                    }
                    boolean program = (octal(header, 100, 8) & 0100) != 0;
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
                default -> content(size);
            }
        }
    }

    private byte[] content(long size) throws IOException {
        byte[] bytes = in.readNBytes(Math.toIntExact(size));
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        if (bytes.length < size) {
            throw new EOFException();
        }
        return bytes;
    }

    private static String text(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int at, int length) {
        String digits = text(header, at, length).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
}
