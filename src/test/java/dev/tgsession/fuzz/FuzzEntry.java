package dev.tgsession.fuzz;

import java.lang.reflect.Method;

/** Where Jazzer comes in: {@code --target_args="CLASS METHOD"} names what to throw its bytes at. */
public final class FuzzEntry {
    private static Object fuzzed = new Object();
    private static Method target;

    private FuzzEntry() {}

    public static void fuzzerInitialize(String[] args) throws ReflectiveOperationException {
        Class<?> type = Class.forName(args[0]);
        target = Fuzzed.targets(type).stream()
                .filter(method -> method.getName().equals(args[1]))
                .findFirst()
                .orElseThrow();
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        fuzzed = constructor.newInstance();
    }

    public static void fuzzerTestOneInput(byte[] input) throws Throwable {
        Fuzzed.call(fuzzed, target, input);
    }
}
