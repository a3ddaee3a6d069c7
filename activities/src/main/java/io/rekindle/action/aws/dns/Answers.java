package io.rekindle.action.aws.dns;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What all said that were asked about a name. Who is silent proves nothing: neither that users get
 * the former answer, nor that they get the new one.
 */
public record Answers(List<Answer> all) {
  public Answers {
    all = List.copyOf(all);
  }

  /** The first that says something else than what is expected. */
  public Optional<Answer> otherThan(Predicate<Answer> expected) {
    return all.stream().filter(Answer::spoke).filter(expected.negate()).findFirst();
  }

  /** Whether nobody at all said anything. */
  public boolean isSilence() {
    return all.stream().noneMatch(Answer::spoke);
  }

  /** Whether somebody should have spoken and did not. */
  public boolean lacksAny() {
    return !all.stream().allMatch(Answer::spoke);
  }

  /** Whether whoever spoke knows of no value. */
  public boolean isEmpty() {
    return all.stream().allMatch(answer -> answer.values().isEmpty());
  }

  /** How long others may remember the longest of them; empty when nobody gave a value. */
  public Optional<Duration> ttl() {
    return all.stream()
        .filter(answer -> !answer.values().isEmpty())
        .map(Answer::ttl)
        .max(Comparator.naturalOrder());
  }

  /** What the first of them says that has something to say, separated by commas. */
  public String first() {
    return all.stream()
        .filter(answer -> !answer.values().isEmpty())
        .findFirst()
        .map(answer -> String.join(",", answer.values()))
        .orElse("");
  }

  /** In words, for a sentence. */
  public String inWords() {
    return all.stream().map(Answer::inWords).collect(Collectors.joining("; "));
  }
}
