package dev.tgsession.crypto;

/**
 * The two primes of a server's {@code pq}: the small proof of work that opens a key exchange.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/auth_key">Creating an Authorization Key</a>; R. P. Brent, An
 * Improved Monte Carlo Factorization Algorithm, 1980.
 *
 * @param p the smaller one
 * @param q the larger one
 */
public record PqFactors(long p, long q) {
    /** Small factors are looked for one by one: the walk below is poor at them. */
    private static final int TRIAL_LIMIT = 256;

    /** Steps between two looks at what was gathered. */
    private static final int STRIDE = 128;

    /** A walk takes some 2^17 steps for the largest factors; one that takes more has gone astray. */
    private static final int LONGEST_WALK = 1 << 21;

    private static final int MOST_WALKS = 64;

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException unless 1 is below p, and p below q
     */
    public PqFactors {
        if (p < 2 || p >= q) {
            throw new IllegalArgumentException("two factors in rising order are due");
        }
    }

    /**
     * Factors a number, in about a millisecond; ends as fast when it must refuse.
     *
     * @param pq the number, below 2^63: one with the highest bit set reads as negative
     * @throws IllegalArgumentException if it is not the product of two different odd primes
     */
    public static PqFactors of(long pq) {
        if (pq < 15 || (pq & 1) == 0 || Primes.isPrime(pq) || isSquare(pq)) {
            throw refused();
        }
        long factor = factor(pq);
        long other = pq / factor;
        if (factor == other || !Primes.isPrime(factor) || !Primes.isPrime(other)) {
            throw refused();
        }
        return new PqFactors(Math.min(factor, other), Math.max(factor, other));
    }

    /** One factor of an odd number that is neither prime nor a square. */
    private static long factor(long number) {
        for (int candidate = 3; candidate < TRIAL_LIMIT; candidate += 2) {
            if (number % candidate == 0) {
                return candidate;
            }
        }
        Montgomery field = new Montgomery(number);
        for (int addend = 1; addend <= MOST_WALKS; addend++) {
            long factor = walk(field, addend);
            if (factor != 1 && factor != number) {
                return factor;
            }
        }
        throw refused();
    }

    /**
     * Pollard's rho in Brent's form. The walk {@code x := x * x + c} runs into a circle modulo the smaller factor long
     * before it does modulo the number, and the difference of two of its values then has that factor in common with the
     * number. Differences are multiplied up and looked at once in a while.
     *
     * <p>The values stay in Montgomery form: a walk is a walk, whatever its numbers are called.
     *
     * @return a factor, or 1 or the number itself if this walk found none
     */
    private static long walk(Montgomery field, long addend) {
        long number = field.modulus();
        long here = 2;
        long product = field.one();
        int steps = 0;
        for (int lap = 1; steps < LONGEST_WALK; lap *= 2) {
            long anchor = here;
            // In the first half of a lap no circle can close that an earlier lap has not seen.
            for (int i = 0; i < lap; i++) {
                here = field.plus(field.times(here, here), addend);
            }
            for (int done = 0; done < lap; done += STRIDE) {
                long start = here;
                int stride = Math.min(STRIDE, lap - done);
                for (int i = 0; i < stride; i++) {
                    here = field.plus(field.times(here, here), addend);
                    product = field.times(product, Math.abs(anchor - here));
                }
                long common = commonDivisor(product, number);
                if (common == number) {
                    return slowly(field, addend, anchor, start, stride);
                }
                if (common != 1) {
                    return common;
                }
            }
            steps += 2 * lap;
        }
        return 1;
    }

    /** Goes over the last stride again, looking after every step: both factors were met within it. */
    private static long slowly(Montgomery field, long addend, long anchor, long start, int stride) {
        long here = start;
        long common = 1;
        for (int i = 0; i < stride && common == 1; i++) {
            here = field.plus(field.times(here, here), addend);
            common = commonDivisor(Math.abs(anchor - here), field.modulus());
        }
        return common;
    }

    private static long commonDivisor(long a, long b) {
        return a == 0 ? b : commonDivisor(b % a, a);
    }

    private static boolean isSquare(long number) {
        // Right to within one: a double holds 53 bits.
        long root = Math.round(Math.sqrt((double) number));
        return root * root == number;
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException("not the product of two different odd primes below 2^63");
    }
}
