package io.rekindle.simulator.contract;

import io.rekindle.simulator.wire.Caller;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Resources;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Lets those who have a policy do what it permits, and nothing else: whatever they ask is judged
 * here by its action and its resources, and what reaches the emulator once more there, by its
 * action. Taking on a role is the worker's own doing, before its step has a policy.
 */
public final class Guard {
  /** The header with which the emulator hears of the policy. */
  static final String POLICY = "x-declared-policy";

  private static final int FORBIDDEN = 403;
  static final List<Access.Rule> RULES =
      Resources.lines(Guard.class, "accesses.txt").stream().map(Access.Rule::read).toList();

  private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
  private volatile Function<Caller, Optional<Policy>> policies = caller -> Optional.empty();

  /** From now on callers have these policies; who has none may do everything. */
  public void permit(Function<Caller, Optional<Policy>> next) {
    policies = next;
  }

  /** What was refused since it was asked last, as sentences. */
  public List<String> refused() {
    List<String> since = List.copyOf(refused);
    refused.removeAll(since);
    return since;
  }

  /** A cloud that does for callers what their policies permit. */
  public Cloud before(Cloud cloud) {
    return request ->
        request.is("sts", "AssumeRole")
            ? cloud.answer(request)
            : policies
                .apply(request.caller())
                .map(policy -> judged(request, policy, cloud))
                .orElseGet(() -> cloud.answer(request));
  }

  /**
   * An emulator of which it is told what it refuses by a policy. A HEAD has no body to tell that
   * from what a bucket's own policy refuses.
   */
  public Cloud hearing(Cloud emulator) {
    return request -> {
      Reply reply = emulator.answer(request);
      boolean isJudged = request.header(POLICY).isPresent() && reply.body().length > 0;
      if (isJudged && reply.status() == FORBIDDEN) {
        refused.add(name(request) + " is refused by the emulator: " + reply.text());
      }
      return reply;
    };
  }

  private static String name(Request request) {
    return request.service() + " " + request.operation();
  }

  private Reply judged(Request request, Policy policy, Cloud cloud) {
    List<Access> needed =
        RULES.stream()
            .filter(rule -> rule.isFor(request))
            .flatMap(rule -> rule.of(request))
            .toList();
    String called = name(request);
    if (needed.isEmpty()) {
      String why = called + " stands in no line of accesses.txt, which says what IAM asks for.";
      return refusal(request, why, why);
    }
    return needed.stream()
        .filter(
            access -> !policy.permits(access, key -> Conditions.value(key, access, request, cloud)))
        .findFirst()
        .map(access ->
            refusal(
                request,
                "%s needs %s on %s, which the step does not declare."
                    .formatted(called, access.action(), access.resource()),
                inWordsOfAws(request.caller(), access)))
        .orElseGet(() -> cloud.answer(request.withHeader(POLICY, policy.ofActions())));
  }

  private Reply refusal(Request request, String why, String said) {
    refused.add(why);
    return new Refusal(FORBIDDEN, "AccessDenied", said).to(request);
  }

  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
  private static String inWordsOfAws(Caller caller, Access access) {
    String who =
        caller.role().isEmpty()
            ? "worker of account " + caller.account()
            : caller.role().replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")
                + "/rekindle";
    return ("User: %s is not authorized to perform: %s on resource: %s because no identity-based"
            + " policy allows the %s action")
        .formatted(who, access.action(), access.resource(), access.action());
  }
}
