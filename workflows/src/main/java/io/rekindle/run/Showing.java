package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.plan.Step;
import io.rekindle.run.Finding.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What gates show of the steps behind them. A yes is for that: when it gets worse, or something
 * else would be restored, people are asked anew. Nobody minds that something was mended.
 */
final class Showing {
  /** As many as people can copy. */
  private static final int DIGITS = 8;

  private final RunPlan plan;
  private final RunBook book;
  private final Notices notices;

  Showing(Run run) {
    this.plan = run.plan();
    this.book = run.book();
    this.notices = run.notices();
  }

  /**
   * What was found out is shown from now on, at other gates too. Gives what is different from what
   * this gate showed.
   */
  Optional<String> learn(String gate, Checks.Answers answers) {
    Map<String, String> news = news(answers);
    book.found(answers);
    book.openGates().stream()
        .filter(other -> !other.id().equals(gate))
        .forEach(other -> difference(other.id(), news).ifPresent(what -> show(other, what)));
    return difference(gate, news);
  }

  /** Shows something else while it is open: who agreed, agreed to what was shown before. */
  void show(Gate gate, String difference) {
    Gate other = gate.showing(now(), name(gate.id(), gate.round() + 1), difference);
    book.put(other);
    notices.tell(News.other(book, other));
  }

  /** The name of what a gate shows in a round. */
  String name(String gate, int round) {
    Stream<String> points =
        behind(gate).flatMap(step -> point(step).map(point -> step + "=" + point.id()).stream());
    Stream<String> failing = failing(gate).map(Finding::name);
    return digest(
        Stream.of(Stream.of(gate, String.valueOf(round)), points, failing)
            .flatMap(words -> words)
            .collect(Collectors.joining("\n")));
  }

  /** What whoever says yes has to accept by name. */
  Stream<Finding> failing(String gate) {
    Set<String> behind = behind(gate).collect(Collectors.toSet());
    return book.state().failing(behind::contains).stream();
  }

  private Stream<String> behind(String gate) {
    return plan.behind(gate).stream().filter(step -> !book.isOver(step)).map(Step::id);
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Optional<String> difference(String gate, Map<String, String> news) {
    List<String> differences = behind(gate).map(news::get).filter(Objects::nonNull).toList();
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(Limit.SENTENCE.cut(String.join("; ", differences)));
  }

  /** What is worse or other than what is known by now, by step. */
  private Map<String, String> news(Checks.Answers answers) {
    Map<String, List<String>> news = new LinkedHashMap<>();
    answers
        .points()
        .forEach((step, point) -> news(step, point).ifPresent(what -> add(news, step, what)));
    Set<String> failed =
        book.state().failing(step -> true).stream().map(Finding::step).collect(Collectors.toSet());
    answers.findings().stream()
        .filter(finding -> finding.is(Verdict.FAIL) && !failed.contains(finding.step()))
        .forEach(finding -> add(news, finding.step(), finding.failure()));
    return news.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.join("; ", entry.getValue())));
  }

  private static void add(Map<String, List<String>> news, String step, String what) {
    news.computeIfAbsent(step, first -> new ArrayList<>()).add(what);
  }

  private Optional<String> news(String step, RecoveryPoint now) {
    Optional<RecoveryPoint> before = point(step);
    return before.filter(now::isTheSame).isPresent()
        ? Optional.empty()
        : Optional.of(
            "'%s' restores %s of %s%s"
                .formatted(
                    step,
                    now.id(),
                    now.time(),
                    before.map(former -> ", no longer " + former.id()).orElse("")));
  }

  private Optional<RecoveryPoint> point(String step) {
    return Optional.ofNullable(book.state().pins().get(step));
  }
}
