package dev.tgsession.login;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A ledger without a disk, which lives as long as its test. */
final class MemoryLedger implements Ledger {
    private final Map<PhoneNumber, CodeHistory> histories = new HashMap<>();

    @Override
    public CodeHistory of(PhoneNumber phone) {
        return histories.getOrDefault(phone, CodeHistory.NONE);
    }

    @Override
    public void update(PhoneNumber phone, UnaryOperator<CodeHistory> change) {
        histories.put(phone, change.apply(of(phone)));
    }
}
