package io.rekindle.action.aws.net;

import java.time.Duration;

/** What a web server answered, and how soon. */
public record WebAnswer(int status, String body, Duration after) {}
