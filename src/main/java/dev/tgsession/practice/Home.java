package dev.tgsession.practice;

import java.util.Optional;

/** Where an account lives: which data centre sends whom away, and where to. */
interface Home {
    /** Whether a code may be asked for here. */
    Optional<Refusal> onSendCode(int here);

    /** Whether one may sign in here. */
    default Optional<Refusal> onSignIn(int here) {
        return onSendCode(here);
    }

    /** The data centre in which the account can be used. */
    int dc();

    /** An ordinary account. */
    static Home at(int dc) {
        return movedTo("PHONE", dc);
    }

    /** An account whose callers are sent to its data centre with this kind of migration. */
    static Home movedTo(String kind, int dc) {
        return new Home() {
            @Override
            public Optional<Refusal> onSendCode(int here) {
                return here == dc ? Optional.empty() : Optional.of(Refusal.migrate(kind, dc));
            }

            @Override
            public int dc() {
                return dc;
            }
        };
    }

    /** A code can be had in both places, but signing in is only possible in the second. */
    static Home movedWhileSigningIn(int from, int to) {
        return new Home() {
            @Override
            public Optional<Refusal> onSendCode(int here) {
                return here == from || here == to ? Optional.empty() : Optional.of(Refusal.migrate("PHONE", from));
            }

            @Override
            public Optional<Refusal> onSignIn(int here) {
                return here == to ? Optional.empty() : Optional.of(Refusal.migrate("USER", to));
            }

            @Override
            public int dc() {
                return to;
            }
        };
    }

    /** Callers are sent to and fro without end. */
    static Home between(int one, int other) {
        return new Home() {
            @Override
            public Optional<Refusal> onSendCode(int here) {
                return Optional.of(Refusal.migrate("PHONE", here == other ? one : other));
            }

            @Override
            public int dc() {
                return one;
            }
        };
    }
}
