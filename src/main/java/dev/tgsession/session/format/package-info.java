/**
 * What is a session format?
 *
 * <p>Here stands what all formats share: the contract, where a session is read from, what is found out about it, and
 * the safe way to open a database that somebody else wrote. Each library's formats have a package of their own below.
 */
@NullMarked
package dev.tgsession.session.format;

import org.jspecify.annotations.NullMarked;
