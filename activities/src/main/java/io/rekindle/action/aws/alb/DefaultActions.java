package io.rekindle.action.aws.alb;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * The default actions of a listener. One answers, and it is the last; those before it ask users who
 * they are, and whoever leaves them out lets everybody in.
 *
 * @param all in one form and in their order
 * @see <a
 *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html">
 *     Action types for listener rules</a>
 */
record DefaultActions(List<Action> all) {
  private static final Set<ActionTypeEnum> ANSWERS =
      Set.of(ActionTypeEnum.FORWARD, ActionTypeEnum.FIXED_RESPONSE, ActionTypeEnum.REDIRECT);
  private static final String UNAVAILABLE = "503";

  static final Action CLOSED =
      Action.builder()
          .type(ActionTypeEnum.FIXED_RESPONSE)
          .fixedResponseConfig(answer -> answer.statusCode(UNAVAILABLE))
          .build();

  DefaultActions {
    all = numbered(all);
  }

  static DefaultActions of(Listener listener) {
    return new DefaultActions(listener.defaultActions());
  }

  static Action forward(String targetGroup) {
    return Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(targetGroup).build();
  }

  private static List<Action> numbered(List<Action> actions) {
    List<Action> sorted =
        actions.stream()
            .sorted(Comparator.comparing(Action::order, Comparator.nullsFirst(Integer::compareTo)))
            .toList();
    return IntStream.range(0, sorted.size())
        .mapToObj(index -> plain(sorted.get(index)).toBuilder().order(index + 1).build())
        .toList();
  }

  private static Action plain(Action action) {
    if (action.type() == ActionTypeEnum.FORWARD) {
      return plainForward(action);
    }
    return action.authenticateOidcConfig() == null ? action : withoutSecret(action);
  }

  /** AWS shows the one group of a forward by its ARN, in a configuration, or both. */
  private static Action plainForward(Action action) {
    List<TargetGroupTuple> groups = weighted(action);
    boolean sticks =
        action.forwardConfig() != null
            && action.forwardConfig().targetGroupStickinessConfig() != null
            && Boolean.TRUE.equals(action.forwardConfig().targetGroupStickinessConfig().enabled());
    if (groups.isEmpty()) {
      return action;
    }
    return groups.size() == 1 && !sticks
        ? action.toBuilder()
            .targetGroupArn(groups.getFirst().targetGroupArn())
            .forwardConfig((ForwardActionConfig) null)
            .build()
        : action.toBuilder().targetGroupArn(null).build();
  }

  private static List<TargetGroupTuple> weighted(Action forward) {
    return forward.forwardConfig() == null ? List.of() : forward.forwardConfig().targetGroups();
  }

  /** AWS never shows it, and no history may hold it. */
  private static Action withoutSecret(Action action) {
    return action.toBuilder()
        .authenticateOidcConfig(
            action.authenticateOidcConfig().toBuilder()
                .clientSecret(null)
                .useExistingClientSecret(null)
                .build())
        .build();
  }

  /** As AWS takes them: it keeps the secret that it does not show only where it is told to. */
  List<Action> asAsked() {
    return all.stream()
        .map(each ->
            each.authenticateOidcConfig() == null
                ? each
                : each.toBuilder()
                    .authenticateOidcConfig(
                        each.authenticateOidcConfig().toBuilder()
                            .useExistingClientSecret(true)
                            .build())
                    .build())
        .toList();
  }

  private static boolean isAnswer(Action action) {
    return ANSWERS.contains(action.type());
  }

  /** What this version does not know it could not put back. */
  Optional<String> unknown() {
    return all.stream()
        .filter(each -> each.type() == ActionTypeEnum.UNKNOWN_TO_SDK_VERSION)
        .map(Action::typeAsString)
        .findFirst();
  }

  DefaultActions answering(Action answer) {
    return new DefaultActions(
        Stream.concat(
                all.stream().filter(each -> !isAnswer(each)),
                Stream.of(answer.toBuilder().order(all.size() + 1).build()))
            .toList());
  }

  boolean forwardOnlyTo(String targetGroup) {
    return answers().allMatch(each -> targetGroup.equals(each.targetGroupArn()));
  }

  boolean areClosed() {
    return answers()
        .allMatch(each ->
            each.fixedResponseConfig() != null
                && UNAVAILABLE.equals(each.fixedResponseConfig().statusCode()));
  }

  private Stream<Action> answers() {
    return all.stream().filter(DefaultActions::isAnswer);
  }

  /** Whether any of these lets requests through. */
  static boolean letThrough(List<Action> actions) {
    return actions.stream().anyMatch(each -> each.type() == ActionTypeEnum.FORWARD);
  }

  String inWords() {
    return all.stream().map(DefaultActions::inWords).collect(Collectors.joining(", then "));
  }

  private static String inWords(Action action) {
    return switch (action.type()) {
      case FORWARD -> "forward to " + groupsInWords(action);
      case FIXED_RESPONSE -> "answer " + action.fixedResponseConfig().statusCode();
      case REDIRECT -> "redirect to " + action.redirectConfig().host();
      default -> action.typeAsString();
    };
  }

  private static String groupsInWords(Action forward) {
    return weighted(forward).isEmpty()
        ? forward.targetGroupArn()
        : weighted(forward).stream()
            .map(each -> each.targetGroupArn() + " (weight " + each.weight() + ")")
            .collect(Collectors.joining(" and "));
  }
}
