/**
 * Which TL objects do we speak?
 *
 * <p>Interfaces full of records, one interface per topic, each record under the schema line it follows. Names: a record
 * is called after its constructor without the namespace ({@code auth.sendCode} is {@code SendCode}, {@code resPQ} is
 * {@code ResPq}), a sealed interface after its type. Where a type of several constructors shares its name with one of
 * them, the type keeps it and the constructor is {@code Plain…}; a type with one constructor needs no interface, its
 * record stands for it. The few that would clash across namespaces keep theirs ({@code AccountPassword},
 * {@code AccountAuthorization}, {@code UpdatesState}).
 *
 * @see <a href="https://core.telegram.org/schema">Schema of the API</a>
 * @see <a href="https://core.telegram.org/schema/mtproto">Schema of MTProto</a>
 */
@NullMarked
package dev.tgsession.schema;

import org.jspecify.annotations.NullMarked;
