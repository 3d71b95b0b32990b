package dev.tgsession.login;

import java.security.SecureRandom;
import java.time.Clock;

/**
 * What every way to log in needs around it.
 *
 * @param line to Telegram
 * @param prompter to the person
 * @param openCode what to cancel if it comes to nothing
 */
record Surroundings(
        Line line, Prompter prompter, ApiCredentials api, OpenCode openCode, Clock clock, SecureRandom random) {}
