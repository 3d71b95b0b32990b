/** What does somebody write who brings a home for sessions of their own? The code of the README. */
package dev.tgsession.examples;
