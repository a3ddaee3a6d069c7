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
 * action.
 */
public final class Guard implements Cloud {
  /** The header with which the emulator hears of the policy. */
  static final String POLICY = "x-declared-policy";

  private static final int FORBIDDEN = 403;
  static final List<Access.Rule> RULES =
      Resources.lines(Guard.class, "accesses.txt").stream().map(Access.Rule::read).toList();

  private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
  private final Cloud cloud;
  private volatile Function<Caller, Optional<Policy>> policies = caller -> Optional.empty();

  public Guard(Cloud cloud) {
    this.cloud = cloud;
  }

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

  @Override
  public Reply answer(Request request) {
    return policies
        .apply(request.caller())
        .map(policy -> judged(request, policy))
        .orElseGet(() -> cloud.answer(request));
  }

  private Reply judged(Request request, Policy policy) {
    List<Access> needed =
        RULES.stream()
            .filter(rule -> rule.isFor(request))
            .flatMap(rule -> rule.of(request))
            .toList();
    String called = request.service() + " " + request.operation();
    if (needed.isEmpty()) {
      return refusal(
          request, called + " stands in no line of accesses.txt, which says what IAM asks for.");
    }
    return needed.stream()
        .filter(access -> !policy.permits(access.action(), access.resource()))
        .findFirst()
        .map(access ->
            refusal(
                request,
                "%s needs %s on %s, which the step does not declare."
                    .formatted(called, access.action(), access.resource())))
        .orElseGet(() -> byTheEmulatorToo(request, policy, called));
  }

  private Reply byTheEmulatorToo(Request request, Policy policy, String called) {
    Reply reply = cloud.answer(request.withHeader(POLICY, policy.ofActions()));
    if (reply.status() == FORBIDDEN) {
      refused.add(called + " is refused by the emulator: " + reply.text());
    }
    return reply;
  }

  private Reply refusal(Request request, String why) {
    refused.add(why);
    return new Refusal(FORBIDDEN, "AccessDenied", why).to(request);
  }
}
