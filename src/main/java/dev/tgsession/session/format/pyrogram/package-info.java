/**
 * What do Pyrogram and its kin write down?
 *
 * <p>A file of tables, Pyrogram's own ({@code PyrogramSqlite}, which long ago was one of JSON, {@code PyrogramJson}) or
 * Kurigram's ({@code KurigramSqlite}), or one line of text, the same for all ({@code PyrogramString}). Whose tables they
 * are and in which version is told by {@code PyrogramKin}. But for Kurigram's newest file none has a place for the
 * server's address: these libraries know the addresses themselves.
 */
@NullMarked
package dev.tgsession.session.format.pyrogram;

import org.jspecify.annotations.NullMarked;
