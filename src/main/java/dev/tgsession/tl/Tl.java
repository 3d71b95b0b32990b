package dev.tgsession.tl;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The schema line a record follows, word for word as Telegram prints it.
 *
 * <p>Fields and components meet by name: {@code phone_number} is {@code phoneNumber}. The rule: cut at the underscores,
 * the first piece begins with a small letter, the others with a capital one, everything else stays ({@code srp_B} is
 * {@code srpB}, {@code g_a} is {@code gA}, {@code M1} is {@code m1}). A record names only the fields it needs. A record
 * that has looked different in other layers carries several lines.
 *
 * @see <a href="https://core.telegram.org/mtproto/TL">The TL language</a>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Tl.Lines.class)
public @interface Tl {
    /** The line, with its id: {@code "auth.loggedOut#c3a2835f flags:# … = auth.LoggedOut"}. */
    String value();

    /** The first layer in which this line holds; it holds until another line of the same record takes over. */
    int since() default 0;

    /** Several lines on one record. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Lines {
        /** In any order. */
        Tl[] value();
    }
}
