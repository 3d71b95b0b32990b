/**
 * How does a session leave one machine and reach another?
 *
 * <p>What travels is the bytes of a whole file, and they arrive to the byte. {@link dev.tgsession.travel.Armor} is the file
 * as a few lines of text, for a console from which nothing else gets out. {@link dev.tgsession.travel.Seal} encrypts it for
 * whoever has a passphrase or a key, and {@link dev.tgsession.travel.Sealed} opens it. {@link dev.tgsession.travel.Courier} carries it to a
 * URL and back; {@link dev.tgsession.travel.S3Keys} make such URLs for a bucket.
 */
@NullMarked
package dev.tgsession.travel;

import org.jspecify.annotations.NullMarked;
