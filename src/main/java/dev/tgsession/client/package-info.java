/** How does a program of your own log in? */
@NullMarked
package dev.tgsession.client;

import org.jspecify.annotations.NullMarked;
