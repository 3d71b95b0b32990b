/** How does a person become a session? */
@NullMarked
package dev.tgsession.login;

import org.jspecify.annotations.NullMarked;
