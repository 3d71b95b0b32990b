/** How does one format become another? */
@NullMarked
package dev.tgsession.session.convert;

import org.jspecify.annotations.NullMarked;
