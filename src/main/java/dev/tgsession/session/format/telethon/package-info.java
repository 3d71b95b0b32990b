/**
 * What does Telethon write down?
 *
 * <p>A file of five tables ({@code TelethonSqlite}) or one line of text ({@code TelethonString}). The versions of the
 * tables are in {@code TelethonSchema}; what can be wrong with a file, and how to say it, in {@code TelethonFindings}.
 */
@NullMarked
package dev.tgsession.session.format.telethon;

import org.jspecify.annotations.NullMarked;
