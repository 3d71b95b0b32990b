package dev.tgsession.travel;

/**
 * A place in a bucket, {@code s3://bucket/key}; with a slash at its end, or without a key, a folder.
 *
 * @param bucket its name
 * @param key without a slash in front; empty for the bucket itself
 */
public record S3Place(String bucket, String key) {
    private static final String SCHEME = "s3://";
    private static final int LONGEST_KEY = 1024;

    /** Whether this is meant to be such a place. */
    public static boolean isMeant(String text) {
        return text.strip().startsWith(SCHEME);
    }

    /**
     * Reads it.
     *
     * @throws TransferException if there is no bucket of such a name anywhere
     */
    public static S3Place of(String text) throws TransferException {
        String rest = text.strip().substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String key = slash < 0 ? "" : rest.substring(slash + 1);
        if (!isBucket(bucket) || key.length() > LONGEST_KEY) {
            throw TransferException.address("This is no place in a bucket", "It is written s3://BUCKET/KEY.");
        }
        return new S3Place(bucket, key);
    }

    /** Whether things go into it, and it is no thing itself. */
    public boolean isFolder() {
        return key.isEmpty() || key.endsWith("/");
    }

    /** What has that name in this folder. */
    public S3Place at(String name) {
        return new S3Place(bucket, key + name);
    }

    @Override
    public String toString() {
        return SCHEME + bucket + "/" + key;
    }

    /** Also those with capitals and underscores, from the time before the rules. */
    private static boolean isBucket(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return name.length() >= 3 && name.length() <= 255;
    }
}
