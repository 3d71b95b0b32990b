/** What does a person type? */
@NullMarked
package dev.tgsession.cli;

import org.jspecify.annotations.NullMarked;
