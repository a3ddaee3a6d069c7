package io.rekindle.run;

import static io.rekindle.run.Played.isAsMade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.rekindle.action.Observation;
import io.rekindle.plan.StepGraph;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.run.Played.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Judges with which fields changes were made, and taken back. Reads plans by itself: what a
 * parameter stands for is the text that was given for it.
 */
final class FieldOracle {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}");
  private static final String PARAMETER = "param.";
  private static final String ANYTHING = ".+";

  private final Played played;
  private final StepGraph graph;
  private final JsonNode plan;
  private final List<String> complaints = new ArrayList<>();

  private FieldOracle(Played played) {
    this.played = played;
    this.graph = played.graph();
    this.plan = played.story().plan().tree();
  }

  static List<String> complaints(Played played) {
    FieldOracle oracle = new FieldOracle(played);
    played.log().stream().filter(oracle::isOfAStep).forEach(oracle::asTold);
    played.undone().forEach(oracle::asMade);
    return oracle.complaints;
  }

  private boolean isOfAStep(Entry entry) {
    return graph.has(entry.step());
  }

  /** Whatever was corrected since, a change is taken back as it was made. */
  private void asMade(Entry undone) {
    if (played.log().stream().noneMatch(made -> isAsMade(undone, made))) {
      complaints.add(
          "%s was undone with %s, and made with %s"
              .formatted(
                  undone.key(),
                  undone.with(),
                  played.log().stream()
                      .filter(made -> made.key().equals(undone.key()))
                      .map(Entry::with)
                      .toList()));
    }
  }

  /** Every field is what the plan says, or what a person said since. */
  private void asTold(Entry entry) {
    JsonNode written = written(entry.step());
    Set<String> names = new TreeSet<>();
    written.fieldNames().forEachRemaining(names::add);
    entry.with().fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      Set<JsonNode> told = told(entry, name, written.path(name));
      JsonNode made = entry.with().path(name);
      if (told.stream().noneMatch(each -> isLike(each, made, entry.at()))) {
        complaints.add(
            "%s was made with %s %s instead of %s".formatted(entry.key(), name, made, told));
      }
    }
  }

  private JsonNode written(String step) {
    for (JsonNode each : plan.path("failover")) {
      if (each.path("id").asText().equals(step)) {
        return each.path("with");
      }
    }
    return MissingNode.getInstance();
  }

  /** What a field may be by then: the newest that was surely obeyed, or may have been since. */
  private Set<JsonNode> told(Entry entry, String field, JsonNode written) {
    Set<JsonNode> told = new HashSet<>(Set.of(written));
    for (Said said : played.said(Decision.Retry.class).toList()) {
      Decision.Retry retry = (Decision.Retry) said.decision();
      boolean isAboutIt = retry.step().equals(entry.step()) && retry.set().containsKey(field);
      if (isAboutIt && !said.wasRefused() && !said.before().isAfter(entry.at())) {
        if (played.isSure(said) && !said.after().isAfter(entry.at())) {
          told.clear();
        }
        told.add(retry.set().get(field));
      }
    }
    return told;
  }

  private boolean isLike(JsonNode told, JsonNode made, Instant at) {
    if (told.isMissingNode() || made.isMissingNode()) {
      return told.isMissingNode() && made.isMissingNode();
    }
    if (told.isValueNode()) {
      return made.isValueNode() && pattern(told.asText(), at).matcher(made.asText()).matches();
    }
    if (told.isArray()) {
      return told.size() == made.size()
          && IntStream.range(0, told.size()).allMatch(i -> isLike(told.path(i), made.path(i), at));
    }
    return told.size() == made.size()
        && told.properties().stream()
            .allMatch(field -> isLike(field.getValue(), made.path(field.getKey()), at));
  }

  private Pattern pattern(String text, Instant at) {
    StringBuilder pattern = new StringBuilder();
    Matcher expressions = EXPRESSION.matcher(text);
    int end = 0;
    while (expressions.find()) {
      pattern.append(Pattern.quote(text.substring(end, expressions.start())));
      pattern.append(value(expressions.group(1), at));
      end = expressions.end();
    }
    return Pattern.compile(pattern + Pattern.quote(text.substring(end)), Pattern.DOTALL);
  }

  private String value(String expression, Instant at) {
    if (expression.startsWith(PARAMETER)) {
      String name = expression.substring(PARAMETER.length());
      String byDefault = plan.path("parameters").path(name).path("default").asText();
      return Pattern.quote(played.story().asked().set().getOrDefault(name, byDefault));
    }
    String[] parts = expression.split("\\.", 2);
    return played.story().plan().step(parts[0]).isPresent()
        ? given(parts[0], parts[1], at)
            .map(Pattern::quote)
            .collect(Collectors.joining("|", "(", ")"))
        : ANYTHING;
  }

  /** What a step gave, or somebody in its place. */
  private Stream<String> given(String step, String output, Instant at) {
    Stream<String> seen =
        played.looks().stream()
            .filter(look -> look.step().equals(step) && !look.at().isAfter(at))
            .flatMap(look ->
                look.seen() instanceof Observation.Settled settled
                    ? Stream.ofNullable(settled.outputs().get(output))
                    : Stream.empty());
    Stream<String> said =
        played.said().stream()
            .filter(word -> !word.wasRefused() && !word.before().isAfter(at))
            .flatMap(word ->
                switch (word.decision()) {
                  case Decision.Skip skip when skip.step().equals(step) ->
                      Stream.ofNullable(skip.outputs().get(output));
                  case Decision.Done done when done.step().equals(step) ->
                      Stream.ofNullable(done.outputs().get(output));
                  default -> Stream.empty();
                });
    Stream<String> asked =
        Stream.ofNullable(
            played.story().asked().outputs().getOrDefault(step, Map.of()).get(output));
    return Stream.of(seen, said, asked).flatMap(all -> all).distinct();
  }
}
