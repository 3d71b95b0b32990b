/**
 * How does a session leave one machine and reach another?
 *
 * <p>What travels is the bytes of a whole file, and they arrive to the byte. {@link dev.tgsession.travel.Armor} is the file
 * as a few lines of text, for a console from which nothing else gets out.
 */
@NullMarked
package dev.tgsession.travel;

import org.jspecify.annotations.NullMarked;
