package dev.tgsession.tl;

import dev.tgsession.bytes.Bytes;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the components of a record and the fields of its schema lines meet. */
final class RecordShape {
    private final Class<?> type;
    private final Constructor<?> constructor;
    private final List<Slot> slots = new ArrayList<>();
    /** The oldest line first. */
    private final List<Form> forms = new ArrayList<>();
    /** Lines of the past that are kept apart from the record, the oldest first; {@code since} is their last layer. */
    private final List<Form> past = new ArrayList<>();

    /**
     * A component of the record.
     *
     * @param target its type, or what is inside its {@code Optional}
     * @param absent its value when the wire has none; null if it must be there
     */
    record Slot(
            String name,
            Type target,
            boolean optional,
            Method accessor,
            @Nullable Object absent) {
        /** The component of this record; of an {@code Optional} what is inside, or null. */
        @Nullable
        Object valueIn(Object record) {
            Object value = invoke(record);
            return value instanceof Optional<?> maybe && optional ? maybe.orElse(null) : value;
        }

        private Object invoke(Object record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + name, e);
            }
        }
    }

    /**
     * One line of the record.
     *
     * @param slots for each field of the line the place of its component, or {@link #UNNAMED}
     */
    record Form(int since, TlLine line, int[] slots) implements Comparable<Form> {
        static final int UNNAMED = -1;

        @Override
        public int compareTo(Form other) {
            return Integer.compare(since, other.since);
        }
    }

    /** A record as it carries its lines itself. */
    RecordShape(Class<?> type) {
        this(type, OlderLines.NONE);
    }

    /**
     * @throws IllegalArgumentException if it is no record
     * @throws IllegalStateException if lines and components do not fit together
     */
    RecordShape(Class<?> type, OlderLines older) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type.getName() + " is no record");
        }
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] parameters = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            parameters[i] = components[i].getType();
            slots.add(slot(components[i]));
        }
        try {
            constructor = type.getDeclaredConstructor(parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
        // Records may be nested in something that is not public, as in tests.
        constructor.setAccessible(true);
        Tl[] lines = linesOf(type);
        if (lines.length == 0) {
            throw new IllegalStateException(type.getName() + " carries no schema line");
        }
        for (Tl tl : lines) {
            forms.add(form(tl.since(), tl.value()));
        }
        // A record that carries an older line itself stands for that one alone: what came before and after it is
        // another's.
        if (older.nameOf(TlLine.idOf(lines[0].value())).isEmpty()) {
            for (OlderLines.Line line : older.of(TlLine.nameOf(lines[0].value()))) {
                past.add(form(line.until(), line.text()));
            }
        }
        Collections.sort(forms);
        requireOneLineAtATime();
        requireAllNamed(newest());
    }

    /** The lines a record carries. */
    static Tl[] linesOf(Class<?> type) {
        // Not getAnnotationsByType: it would build a proxy for Lines too, at some milliseconds, when there is one line.
        Tl only = type.getDeclaredAnnotation(Tl.class);
        if (only != null) {
            return new Tl[] {only};
        }
        Tl.Lines several = type.getDeclaredAnnotation(Tl.Lines.class);
        return several == null ? new Tl[0] : several.value();
    }

    /** {@code srp_B} is {@code srpB}, {@code M1} is {@code m1}; see {@link Tl}. */
    static String componentName(String field) {
        StringBuilder name = new StringBuilder(field.length());
        boolean capital = false;
        for (int i = 0; i < field.length(); i++) {
            char letter = field.charAt(i);
            if (letter == '_') {
                capital = true;
            } else if (name.isEmpty()) {
                name.append(Character.toLowerCase(letter));
                capital = false;
            } else {
                name.append(capital ? Character.toUpperCase(letter) : letter);
                capital = false;
            }
        }
        return name.toString();
    }

    /** The class behind a type, without its arguments. */
    static Class<?> rawClass(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : Object.class;
    }

    /** The first argument of a generic type: {@code User} of {@code List<User>}. */
    static Type argument(Type type) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : Object.class;
    }

    Class<?> type() {
        return type;
    }

    List<Slot> slots() {
        return slots;
    }

    Form newest() {
        return forms.get(forms.size() - 1);
    }

    /** The line that holds in a layer; before the oldest line, that one. */
    Form in(int layer) {
        for (Form form : past) {
            if (layer <= form.since) {
                return form;
            }
        }
        Form holds = forms.get(0);
        for (Form form : forms) {
            if (form.since <= layer) {
                holds = form;
            }
        }
        return holds;
    }

    Form withId(int id) {
        for (Form form : forms) {
            if (form.line.id() == id) {
                return form;
            }
        }
        for (Form form : past) {
            if (form.line.id() == id) {
                return form;
            }
        }
        throw new IllegalStateException(type.getName() + " has no line #" + Integer.toHexString(id));
    }

    boolean isCall() {
        return TlMethod.class.isAssignableFrom(type);
    }

    /** What answers this call, as Java sees it: {@code SentCode} of {@code TlMethod<SentCode>}. */
    Type answer() {
        for (Type parent : type.getGenericInterfaces()) {
            if (rawClass(parent) == TlMethod.class) {
                return argument(parent);
            }
        }
        throw new IllegalArgumentException(type.getName() + " is not a call");
    }

    /** The call inside a wrapper. */
    TlMethod<?> wrappedIn(TlMethod<?> wrapper) {
        for (Slot slot : slots) {
            if (slot.valueIn(wrapper) instanceof TlMethod<?> inner) {
                return inner;
            }
        }
        throw new IllegalStateException(type.getName() + " wraps no call");
    }

    /** The values of a record about which nothing has been read yet. */
    @Nullable
    Object[] blank() {
        @Nullable Object[] values = new @Nullable Object[slots.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = slots.get(i).absent();
        }
        return values;
    }

    /** @throws IllegalArgumentException if the record itself refuses the values */
    Object create(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Slot slot(RecordComponent component) {
        boolean optional = component.getType() == Optional.class;
        Type target = optional ? argument(component.getGenericType()) : component.getGenericType();
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        return new Slot(component.getName(), target, optional, accessor, absent(component.getType()));
    }

    private static @Nullable Object absent(Class<?> type) {
        if (type == int.class) {
            return 0;
        } else if (type == long.class) {
            return 0L;
        } else if (type == double.class) {
            return 0.0;
        } else if (type == boolean.class) {
            return false;
        } else if (type == String.class) {
            return "";
        } else if (type == Bytes.class) {
            return Bytes.EMPTY;
        } else if (type == List.class) {
            return List.of();
        }
        return type == Optional.class ? Optional.empty() : null;
    }

    private Form form(int since, String text) {
        TlLine line = TlLine.parse(text);
        int[] places = new int[line.fields().size()];
        Arrays.fill(places, Form.UNNAMED);
        boolean[] found = new boolean[slots.size()];
        for (int i = 0; i < places.length; i++) {
            TlLine.Field field = line.fields().get(i);
            String name = componentName(field.name());
            for (int place = 0; place < slots.size(); place++) {
                if (slots.get(place).name().equals(name)) {
                    requireFit(field, slots.get(place));
                    places[i] = place;
                    found[place] = true;
                }
            }
        }
        for (int place = 0; place < found.length; place++) {
            if (!found[place] && slots.get(place).absent() == null) {
                throw misfit(
                        line.name() + " has no field for " + slots.get(place).name());
            }
        }
        return new Form(since, line, places);
    }

    private void requireOneLineAtATime() {
        for (int i = 1; i < forms.size(); i++) {
            if (forms.get(i).since == forms.get(i - 1).since) {
                throw misfit("two lines since layer " + forms.get(i).since);
            }
        }
    }

    /** A component that even the newest line does not know is a typing mistake. */
    private void requireAllNamed(Form form) {
        for (int place = 0; place < slots.size(); place++) {
            boolean named = false;
            for (int slot : form.slots) {
                named |= slot == place;
            }
            if (!named) {
                throw misfit(form.line.name() + " has no field for "
                        + slots.get(place).name());
            }
        }
    }

    private void requireFit(TlLine.Field field, Slot slot) {
        boolean mayBeAbsent = slot.optional() || slot.absent() != null;
        if (field.isFlagged() && !mayBeAbsent || !fits(field.type(), slot.target())) {
            throw misfit(field.name() + ":" + field.type().name() + " does not go into "
                    + slot.target().getTypeName());
        }
    }

    private static boolean fits(TlType wire, Type target) {
        Class<?> raw = rawClass(target);
        return switch (wire.kind()) {
            case INT -> raw == int.class || raw == Integer.class;
            case LONG -> raw == long.class || raw == Long.class;
            case DOUBLE -> raw == double.class || raw == Double.class;
            case FLAGS -> false;
            // MTProto's own schema says string where it means bytes, so the component decides.
            case STRING -> raw == String.class || raw == Bytes.class;
            case BYTES, INT128, INT256 -> raw == Bytes.class;
            case BOOL, TRUE -> raw == boolean.class || raw == Boolean.class;
            case VECTOR, BARE_VECTOR -> raw == List.class && fits(wire.elements(), argument(target));
            case BARE -> raw.isRecord();
            case BOXED -> raw.isRecord() || raw.isSealed();
            case ANY -> raw == Object.class || raw == TlMethod.class;
        };
    }

    private IllegalStateException misfit(String complaint) {
        return new IllegalStateException(type.getName() + ": " + complaint);
    }
}
