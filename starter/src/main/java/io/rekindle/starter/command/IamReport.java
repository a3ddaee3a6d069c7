package io.rekindle.starter.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.iam.Duty;
import io.rekindle.plan.iam.Policies;
import io.rekindle.plan.iam.Policies.Part;
import io.rekindle.plan.iam.Policies.Policy;
import io.rekindle.plan.iam.Policies.Reason;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.value.Arn;
import io.rekindle.starter.Console;
import io.rekindle.starter.Console.Style;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a plan must be permitted, for people and for scripts. */
record IamReport(Plan plan, Policies policies, String principal) {
  private static final String THE_WORKER = "the worker's own identity";

  private List<Part> parts(List<Duty> duties) {
    return policies.parts().stream().filter(part -> duties.contains(part.duty())).toList();
  }

  Result json(List<Duty> duties) {
    List<Part> parts = parts(duties);
    return new Result(
        plan.application().value(),
        defaults(),
        parts.stream().flatMap(PolicyJson::of).toList(),
        parts.stream().flatMap(ReasonJson::of).toList(),
        policies.roles().stream()
            .map(role -> new TrustJson(role.value(), Policies.trust(principal)))
            .toList(),
        policies.beforehand());
  }

  void print(Console console, List<Duty> duties) {
    List<Part> parts = parts(duties);
    if (parts.isEmpty()) {
      console.line(plan.application() + " needs nothing of AWS for this.");
    }
    parts.forEach(part -> print(console, part));
    printTrust(console);
    console.line(
        console.styled(Style.BOLD, "Beforehand, because IAM takes no change in a disaster"));
    policies.beforehand().forEach(each -> listed(console, each));
    if (!defaults().isEmpty()) {
      console.line();
      wrapped(
          console,
          2,
          "Parameters have their defaults ("
              + written()
              + "): for a run with others"
              + " print this with the same --set.");
    }
    console.line();
    wrapped(console, 2, "'--format json' prints the policies themselves.");
  }

  private void printTrust(Console console) {
    console.line(console.styled(Style.BOLD, "Trust"));
    if (policies.roles().isEmpty()) {
      wrapped(console, 2, "The plan names no role: all of this is for " + THE_WORKER + ".");
    } else {
      wrapped(console, 2, "The trust policy of each role; --principal ARN says who the worker is:");
      console.line("    " + Policies.trust(principal));
    }
    console.line();
  }

  private static void print(Console console, Part part) {
    console.line(console.styled(Style.BOLD, part.duty().word()) + ": " + part.duty().says());
    part.policies()
        .forEach(policy ->
            wrapped(
                console,
                2,
                "%s (%,d characters) is for %s"
                    .formatted(policy.name(), policy.size(), identity(part))));
    int width =
        part.reasons().stream().mapToInt(each -> each.action().length()).max().orElse(0) + 4;
    part.reasons().forEach(reason -> print(console, reason, width));
    console.line();
  }

  private static void print(Console console, Reason reason, int width) {
    List<String> why = Wrap.lines(String.join(", ", reason.uses()), console.width() - width);
    String action = ("  %-" + (width - 2) + "s").formatted(reason.action());
    console.line(console.styled(Style.BOLD, action) + why.getFirst());
    why.stream().skip(1).forEach(line -> console.line(" ".repeat(width) + line));
    reason
        .resources()
        .forEach(resource -> console.line(console.styled(Style.DIM, "    on " + resource)));
  }

  private static void listed(Console console, String text) {
    List<String> lines = Wrap.lines(text, console.width() - 4);
    console.line("  - " + lines.getFirst());
    lines.stream().skip(1).forEach(line -> console.line("    " + line));
  }

  private static void wrapped(Console console, int indent, String text) {
    Wrap.lines(text, console.width() - indent)
        .forEach(line -> console.line(" ".repeat(indent) + line));
  }

  private String written() {
    return defaults().entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String identity(Part part) {
    Arn role = part.role();
    return role == null ? THE_WORKER : role.value();
  }

  /** What parameters are where nobody says otherwise. */
  private SortedMap<String, String> defaults() {
    SortedMap<String, String> defaults = new TreeMap<>();
    plan.parameters()
        .forEach((name, parameter) -> {
          if (parameter.fallback() instanceof Node.Scalar scalar) {
            defaults.put(name, scalar.text());
          }
        });
    return defaults;
  }

  record Result(
      String application,
      SortedMap<String, String> defaults,
      List<PolicyJson> policies,
      List<ReasonJson> reasons,
      List<TrustJson> trust,
      List<String> beforehand) {}

  /**
   * @param attachTo the ARN of a role; null for the worker's own identity
   */
  record PolicyJson(
      String role, String name, @Nullable String attachTo, int size, JsonNode document) {
    static Stream<PolicyJson> of(Part part) {
      return part.policies().stream().map(policy -> of(part, policy));
    }

    private static PolicyJson of(Part part, Policy policy) {
      return new PolicyJson(
          part.duty().word(), policy.name(), arn(part.role()), policy.size(), policy.document());
    }
  }

  record ReasonJson(
      String role,
      @Nullable String attachedTo,
      String action,
      List<String> resources,
      List<String> uses) {
    static Stream<ReasonJson> of(Part part) {
      return part.reasons().stream()
          .map(reason ->
              new ReasonJson(
                  part.duty().word(),
                  arn(part.role()),
                  reason.action(),
                  reason.resources(),
                  reason.uses()));
    }
  }

  record TrustJson(String role, JsonNode document) {}

  private static @Nullable String arn(@Nullable Arn role) {
    return role == null ? null : role.value();
  }
}
