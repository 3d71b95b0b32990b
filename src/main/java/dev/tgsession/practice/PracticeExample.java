package dev.tgsession.practice;

/**
 * Something to type at a login, and what happens then.
 *
 * @param answer a phone number with its plus sign, or a bot token
 * @param story what happens, in one line
 */
public record PracticeExample(String answer, String story) {}
