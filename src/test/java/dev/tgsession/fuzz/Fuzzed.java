package dev.tgsession.fuzz;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A class whose methods take any bytes at all, and must neither throw nor hang, whatever they get. A test run gives them
 * the inputs that are kept for them and some hundred mutants of each, the same ones every time; {@code scripts/fuzz} lets
 * Jazzer look for new ones by the hour.
 */
public interface Fuzzed {
    /** One folder a class, in it a file a method, in it a line of hexadecimal digits an input. */
    Path KEPT = Path.of("src/test/resources/fuzz");

    /** So many of each kept input. */
    int MUTANTS = 100;

    /** So many where trying one costs a tenth of a second, as a passphrase is meant to; -Dtgsession.thorough=true for all. */
    int DEAR_MUTANTS = Boolean.getBoolean("tgsession.thorough") ? MUTANTS : 8;

    /** The methods to throw bytes at. */
    static List<Method> targets(Class<?> fuzzed) {
        return Arrays.stream(fuzzed.getDeclaredMethods())
                .filter(method -> !method.isSynthetic()
                        && method.getParameterCount() == 1
                        && method.getParameterTypes()[0] == byte[].class
                        && !java.lang.reflect.Modifier.isPrivate(method.getModifiers()))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    @TestFactory
    default Stream<DynamicTest> takesKeptInputsAndTheirMutants() {
        return targets(getClass()).stream()
                .map(target -> DynamicTest.dynamicTest(target.getName(), () -> replay(this, target)));
    }

    /** How many mutants of each kept input this target gets. */
    default int mutantsFor(String target) {
        return MUTANTS;
    }

    /** Calls a target, with what it throws coming out as it is. */
    static void call(Object fuzzed, Method target, byte[] input) throws Throwable {
        target.setAccessible(true);
        try {
            target.invoke(fuzzed, (Object) input);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static void replay(Fuzzed fuzzed, Method target) throws Throwable {
        Random dice = new Random(17);
        int mutants = fuzzed.mutantsFor(target.getName());
        for (byte[] kept : kept(target)) {
            tell(fuzzed, target, kept);
            for (int i = 0; i < mutants; i++) {
                tell(fuzzed, target, mutant(kept, dice));
            }
        }
    }

    private static void tell(Object fuzzed, Method target, byte[] input) {
        try {
            call(fuzzed, target, input);
        } catch (Throwable thrown) {
            throw new AssertionError(
                    target.getName() + " does not take " + HexFormat.of().formatHex(input), thrown);
        }
    }

    /** Also nothing, one byte, and a run of zeros. */
    private static List<byte[]> kept(Method target) throws IOException {
        List<byte[]> all = new ArrayList<>(List.of(new byte[0], new byte[] {-1}, new byte[64]));
        Path lines = KEPT.resolve(target.getDeclaringClass().getSimpleName()).resolve(target.getName() + ".hex");
        if (Files.exists(lines)) {
            Files.readAllLines(lines).forEach(line -> all.add(HexFormat.of().parseHex(line)));
        }
        return all;
    }

    /** Some bytes changed, a piece left out, doubled or moved. */
    private static byte[] mutant(byte[] seed, Random dice) {
        byte[] changed = seed.clone();
        for (int i = dice.nextInt(4); i >= 0 && changed.length > 0; i--) {
            int at = dice.nextInt(changed.length);
            switch (dice.nextInt(4)) {
                case 0 -> changed[at] = (byte) dice.nextInt();
                case 1 -> changed[at] ^= (byte) (1 << dice.nextInt(8));
                case 2 -> changed = Arrays.copyOf(changed, at);
                default -> {
                    int length = Math.min(dice.nextInt(16) + 1, changed.length - at);
                    byte[] longer = Arrays.copyOf(changed, changed.length + length);
                    System.arraycopy(changed, at, longer, changed.length, length);
                    changed = longer;
                }
            }
        }
        return changed;
    }
}
