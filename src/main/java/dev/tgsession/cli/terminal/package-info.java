/** How do we talk to a terminal? */
@NullMarked
package dev.tgsession.cli.terminal;

import org.jspecify.annotations.NullMarked;
