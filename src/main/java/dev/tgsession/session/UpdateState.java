package dev.tgsession.session;

/**
 * How far an account has read its updates.
 *
 * <p>Source: <a href="https://core.telegram.org/api/updates">api/updates</a>.
 *
 * @param date Unix seconds
 */
public record UpdateState(int pts, int qts, int date, int seq) {}
