package io.rekindle.starter.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.Step;
import io.rekindle.plan.Trees;
import io.rekindle.run.Gate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who agrees at the gates of a run that nobody watches.
 *
 * @param requester who asked for the run, and therefore does not count
 * @param somebody what people are called where a gate names nobody
 */
public record Approvers(@Nullable String requester, String somebody) {

  /**
   * As many different people as a gate still needs.
   *
   * @param step whose gate it is
   */
  public List<String> stillNeeded(Gate gate, Step step) {
    Set<String> names = new LinkedHashSet<>(named(step));
    for (int i = 1; names.size() < gate.quorum() + gate.agreed().size(); i++) {
      names.add(somebody + " " + i);
    }
    return names.stream()
        .filter(name -> !gate.agreed().contains(name))
        .filter(name -> !name.equals(requester))
        .limit(gate.quorum() - gate.agreed().size())
        .toList();
  }

  /**
   * Those whom the plan names.
   *
   * @param step whose gate it is
   */
  public static List<String> named(Step step) {
    JsonNode named = Trees.json(step.with()).path("approvers");
    return named.isTextual()
        ? List.of(named.asText())
        : StreamSupport.stream(named.spliterator(), false).map(JsonNode::asText).toList();
  }
}
