/**
 * Which TL objects do we speak?
 *
 * <p>Interfaces full of records, one interface per topic, each record under the schema line it follows. Names: a record
 * is called after its constructor without the namespace ({@code auth.sendCode} is {@code SendCode}, {@code resPQ} is
 * {@code ResPq}), a sealed interface after its type. Where a type of several constructors shares its name with one of
 * them, the type keeps it and the constructor is {@code Plain…}; a type with one constructor needs no interface, its
 * record stands for it. Capitals in a row become one ({@code DataJSON} is {@code DataJson}). Names that would clash
 * across namespaces keep theirs ({@code AccountPassword}, {@code AccountAuthorization}, {@code UpdatesState}), and the
 * names of the password algorithms are shortened to what sets them apart.
 *
 * <p>To add a method, write one record with its line in the topic it belongs to. If one of its fields has a type that
 * has no record, add the lines of that type to {@code read-over.tl}.
 *
 * @see <a href="https://core.telegram.org/schema">Schema of the API</a>
 * @see <a href="https://core.telegram.org/schema/mtproto">Schema of MTProto</a>
 */
@NullMarked
package dev.tgsession.schema;

import org.jspecify.annotations.NullMarked;
