package io.rekindle.starter.rehearse;

import io.rekindle.starter.run.Account;

/**
 * What a rehearsal showed.
 *
 * @param repeated how many changes were made more than once
 * @param repeatedMessages how many messages were sent again, which nothing can keep from happening
 * @param crashed whether a worker was killed on the way
 */
public record Rehearsed(Account account, long repeated, long repeatedMessages, boolean crashed) {}
