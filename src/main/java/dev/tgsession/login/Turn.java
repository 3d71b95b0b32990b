package dev.tgsession.login;

import java.util.Optional;

/**
 * Where one answer has led: the question comes again, or this part of the login is over.
 *
 * @param over whether it is over
 * @param result of a part that is over; empty if the person wants to log in with another number
 */
record Turn<T>(boolean over, Optional<T> result) {
    /** The question comes again. */
    static <T> Turn<T> again() {
        return new Turn<>(false, Optional.empty());
    }

    /** This part is over with this result. */
    static <T> Turn<T> to(T result) {
        return new Turn<>(true, Optional.of(result));
    }

    /** This part is over with this result, or because of a wish for another number. */
    static <T> Turn<T> over(Optional<T> result) {
        return new Turn<>(true, result);
    }

    /** The person wants to log in with another number. */
    static <T> Turn<T> otherNumber() {
        return new Turn<>(true, Optional.empty());
    }
}
