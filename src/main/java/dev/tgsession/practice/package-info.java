/**
 * What would Telegram answer?
 *
 * <p>A practice data centre: five servers on loopback ports that speak MTProto well enough to log in to, with numbers
 * that behave as a script says, and faults on demand. It judges what it gets by Telegram's published rules and leans on
 * nothing of the client above it.
 */
@NullMarked
package dev.tgsession.practice;

import org.jspecify.annotations.NullMarked;
