package dev.tgsession.login;

import java.security.SecureRandom;
import java.time.Clock;

/**
 * What every way to log in needs around it.
 *
 * @param line to Telegram
 * @param prompter to the person
 * @param openCode what to cancel or to leave if it comes to nothing
 * @param budget what may still be asked for that number
 */
record Surroundings(Line line, Prompter prompter, OpenCode openCode, Budget budget, Clock clock, SecureRandom random) {}
