/** Where do our sessions live? */
@NullMarked
package dev.tgsession.session.store;

import org.jspecify.annotations.NullMarked;
