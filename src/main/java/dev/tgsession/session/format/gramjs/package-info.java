/** What does GramJS write down? */
@NullMarked
package dev.tgsession.session.format.gramjs;

import org.jspecify.annotations.NullMarked;
