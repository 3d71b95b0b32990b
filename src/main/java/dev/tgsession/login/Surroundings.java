package dev.tgsession.login;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What every way to log in needs around it.
 *
 * @param line to Telegram
 * @param prompter to the person
 * @param openCode what to cancel or to leave if it comes to nothing
 * @param budget what may still be asked for that number
 * @param aside does what can be done while a person types
 */
record Surroundings(
        Line line,
        Prompter prompter,
        OpenCode openCode,
        Budget budget,
        Clock clock,
        SecureRandom random,
        Executor aside) {}
