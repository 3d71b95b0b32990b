/** What is a session? */
@NullMarked
package dev.tgsession.session;

import org.jspecify.annotations.NullMarked;
