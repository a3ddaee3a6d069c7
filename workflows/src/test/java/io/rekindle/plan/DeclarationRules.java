package io.rekindle.plan;

import io.rekindle.Repository;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Shape;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Control;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.step.Sources;
import io.rekindle.plan.value.Arn;
import io.rekindle.plan.value.Fingerprint;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What every declaration of a kind keeps to. Each rule says in sentences what is wrong, so that the
 * author of the next kind needs no reviewer.
 */
final class DeclarationRules {
  private static final Pattern SENTENCE = Pattern.compile("\\S.*\\.", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]*");
  private static final Set<String> ALWAYS_KNOWN =
      Set.of("run", "region", "partition", "suffix", "account");
  private static final String AWS_PAGE = "https://docs.aws.amazon.com/";
  private static final Pattern DOCUMENT = Pattern.compile("\\S.* of ([a-z-]+/[a-z0-9./-]+)");
  private static final Duration SHORTEST_LOOK = Duration.ofSeconds(30);
  private static final String PLAN_SAYS_IT = "the step's own field";

  private final Kind kind;
  private final List<String> problems = new ArrayList<>();

  private DeclarationRules(Kind kind) {
    this.kind = kind;
  }

  private void report(String problem) {
    problems.add(kind.name() + ": " + problem);
  }

  private void mustSay(String what, String sentence) {
    if (!SENTENCE.matcher(sentence).matches()) {
      report(
          sentence.isBlank()
              ? what + " says nothing."
              : what + " is no sentence with a period: '" + sentence + "'");
    }
  }

  /** {@code Rds.RestoreInstance} is {@code rds.restoreInstance}; control steps have no service. */
  static List<String> names(Kind kind) {
    DeclarationRules rules = new DeclarationRules(kind);
    String derived = nameOf(kind.type());
    if (!kind.name().equals(derived)) {
      rules.report("by its class it is called " + derived + ".");
    }
    rules.mustBeNames(kind.outputNames());
    for (Kind.Change change : kind.changes()) {
      change
          .onlyIf()
          .filter(field -> kind.fields().slot(field).isEmpty())
          .ifPresent(field ->
              rules.report(
                  "the change '" + change.name() + "' depends on no field: '" + field + "'"));
    }
    return rules.problems;
  }

  /** What is undone, is undone of the thing it was made of. */
  static List<String> things(Kind kind) {
    DeclarationRules rules = new DeclarationRules(kind);
    if (!kind.looksOnly() && kind.thing().isEmpty()) {
      rules.report("it has changes, so it says which fields name the thing it acts on.");
    }
    Stream.concat(kind.thing().stream(), Stream.of(kind.facts().point()))
        .filter(field -> !field.isEmpty() && kind.fields().slot(field).isEmpty())
        .forEach(field -> rules.report("there is no field '" + field + "'."));
    return rules.problems;
  }

  /** A look ends within the budget, and no kind gives it less than a request to AWS may take. */
  static List<String> looks(Kind kind) {
    DeclarationRules rules = new DeclarationRules(kind);
    if (kind.look().compareTo(kind.budget()) > 0 || kind.look().compareTo(SHORTEST_LOOK) < 0) {
      rules.report("one look takes from 30s up to its budget, not " + kind.facts().look() + ".");
    }
    return rules.problems;
  }

  private static String nameOf(Class<?> type) {
    Class<?> service = type.getEnclosingClass();
    while (isPart(service)) {
      service = service.getInterfaces()[0];
    }
    String name = lowerFirst(type.getSimpleName());
    return service == Control.class ? name : lowerFirst(service.getSimpleName()) + "." + name;
  }

  /** A service may keep some of its kinds in an interface, and a file, of their own. */
  private static boolean isPart(Class<?> type) {
    return type.isInterface()
        && Action.class.isAssignableFrom(type.getInterfaces()[0])
        && type.getInterfaces()[0] != Action.class;
  }

  private static String lowerFirst(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private void mustBeNames(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        report("the output '" + name + "' has no name like 'endpoint' or 'finalSnapshot'.");
      }
      if (!seen.add(name)) {
        report("two outputs are called '" + name + "'.");
      }
    }
  }

  static List<String> sentences(Kind kind) {
    DeclarationRules rules = new DeclarationRules(kind);
    rules.mustSay("the kind", kind.facts().says());
    rules.mustSay("undoing", kind.facts().undoing());
    if (!kind.looksOnly() && kind.facts().undoing().equals(Facts.NOTHING_TO_UNDO)) {
      rules.report("it has changes, so undoing says what becomes of them.");
    }
    rules.mustSay("drilling", kind.facts().drilling());
    for (Kind.Change change : kind.changes()) {
      rules.mustSay("the change '" + change.name() + "'", change.does());
    }
    for (Kind.Output output : kind.outputs()) {
      rules.mustSay("the output '" + output.name() + "'", output.says());
    }
    rules.mustSay(kind.fields(), "");
    return rules.problems;
  }

  private void mustSay(Shape shape, String path) {
    switch (shape) {
      case Shape.Leaf leaf -> {}
      case Shape.Raw raw -> {}
      case Shape.ListOf list -> mustSay(list.item(), path);
      case Shape.MapOf map -> mustSay(map.value(), path);
      case Shape.Choice choice -> choice.groups().forEach(group -> mustSay(group, path));
      case Shape.Group group ->
          group
              .fields()
              .forEach(slot -> {
                mustSay("the field '" + path + slot.name() + "'", slot.says());
                mustSay(slot.shape(), path + slot.name() + ".");
              });
    }
  }

  static List<String> durations(Kind kind) {
    DeclarationRules rules = new DeclarationRules(kind);
    Duration worst = rules.spread("settles", kind.settles(), kind.looksOnly());
    if (!kind.looksOnly() && !worst.isZero()) {
      rules.report("it has changes, so each of them lasts and settles is left out.");
    }
    for (Kind.Change change : kind.changes()) {
      worst = worst.plus(rules.spread("the change '" + change.name() + "'", change.lasts(), true));
    }
    if (kind.budget().compareTo(worst) < 0) {
      rules.report(
          "the budget " + kind.facts().budget() + " is shorter than its changes may last.");
    }
    return rules.problems;
  }

  /** The longest it may take. */
  private Duration spread(String what, Spread lasts, boolean needed) {
    if (needed && lasts.min().isZero()) {
      report(what + " takes no time.");
    }
    if (needed && !isSource(lasts.source())) {
      report(
          what
              + " has no source: write an https URL of docs.aws.amazon.com, 'estimate', '"
              + PLAN_SAYS_IT
              + "' or a document of this repository, not '"
              + lasts.source()
              + "'");
    }
    return lasts.max();
  }

  /** A document is named by a phrase that ends with the path of a file that is there. */
  private static boolean isSource(String source) {
    Matcher document = DOCUMENT.matcher(source);
    return source.equals(Sources.ESTIMATE)
        || source.equals(PLAN_SAYS_IT)
        || (source.startsWith(AWS_PAGE) && source.endsWith(".html"))
        || (document.matches() && Files.exists(Repository.path(document.group(1))));
  }

  /**
   * @param with an example of what a plan says
   */
  static List<String> outputs(Kind kind, Node with) {
    DeclarationRules rules = new DeclarationRules(kind);
    for (Kind.Output output : kind.outputs()) {
      rules.output(output, with);
    }
    return rules.problems;
  }

  private void output(Kind.Output output, Node with) {
    output
        .filled(blank -> fill(output, blank, with))
        .filter(value -> !reads(value, output.type()))
        .ifPresent(value ->
            report(
                "the output '"
                    + output.name()
                    + "' looks like '"
                    + value
                    + "', which is no "
                    + output.type().getSimpleName()
                    + "."));
  }

  private Optional<String> fill(Kind.Output output, String blank, Node with) {
    if (ALWAYS_KNOWN.contains(blank)) {
      return Optional.of(
          switch (blank) {
            case "run" -> "1a2b3c";
            case "region" -> "us-west-2";
            case "partition" -> "aws";
            case "suffix" -> "amazonaws.com";
            default -> "123456789012";
          });
    }
    Shape shape = kind.fields();
    Optional<Shape.Slot> slot = Optional.empty();
    Optional<Node> written = Optional.of(with);
    for (String name : blank.split("\\.", -1)) {
      slot = shape instanceof Shape.Group group ? group.slot(name) : Optional.empty();
      if (slot.isEmpty()) {
        report("the output '" + output.name() + "' looks like no field: {" + blank + "}");
        return Optional.empty();
      }
      boolean sure = slot.get().required() || slot.get().byDefault().isPresent();
      if (!sure) {
        report(
            "the output '"
                + output.name()
                + "' looks like a field that plans may leave out: {"
                + blank
                + "}");
        return Optional.empty();
      }
      shape = slot.get().shape();
      written =
          written.flatMap(
              node -> node instanceof Node.Fields fields ? fields.get(name) : Optional.empty());
    }
    if (!(shape instanceof Shape.Leaf)) {
      report("the output '" + output.name() + "' looks like a field of many: {" + blank + "}");
      return Optional.empty();
    }
    return written
        .flatMap(node ->
            node instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty())
        .or(slot.orElseThrow()::byDefault);
  }

  private static boolean reads(String value, Class<?> type) {
    try {
      if (type == Arn.class) {
        return !new Arn(value).value().isEmpty();
      }
      if (type == Fingerprint.class) {
        return !new Fingerprint(value).tables().isEmpty();
      }
      if (type == Instant.class) {
        return Instant.parse(value).isAfter(Instant.EPOCH);
      }
      if (type == Integer.class) {
        return Integer.parseInt(value) >= 0;
      }
      if (type == Long.class) {
        return Long.parseLong(value) >= 0;
      }
      if (type == Boolean.class) {
        return value.equals("true") || value.equals("false");
      }
      return type == String.class && !value.isBlank();
    } catch (RuntimeException refused) {
      return false;
    }
  }

  /**
   * @param with what the plan says for which the permissions were asked
   */
  static List<String> permissions(Kind kind, Node with, List<Permission> permissions) {
    DeclarationRules rules = new DeclarationRules(kind);
    List<String> changes = kind.changes().stream().map(Kind.Change::name).toList();
    for (Permission permission : permissions) {
      boolean forChange = !permission.change().isEmpty();
      if (forChange && !changes.contains(permission.change())) {
        rules.report(
            permission.action() + " is for a change that is not there: " + permission.change());
      }
      rules.resources(permission);
    }
    for (Kind.Change change : kind.changes()) {
      boolean made = change.onlyIf().map(field -> isWritten(field, with)).orElse(true);
      boolean permitted =
          permissions.stream()
              .anyMatch(permission ->
                  permission.need() == Permission.Need.CHANGE
                      && permission.change().equals(change.name()));
      if (made && !permitted) {
        rules.report("no permission is for the change '" + change.name() + "'.");
      }
      if (!made && permitted) {
        rules.report(
            "the change '" + change.name() + "' is permitted although it is not made here.");
      }
    }
    rules.undo(permissions);
    return rules.problems;
  }

  private void undo(List<Permission> permissions) {
    boolean permitted =
        permissions.stream().anyMatch(permission -> permission.need() == Permission.Need.UNDO);
    boolean undoes =
        switch (kind.facts().undo()) {
          case DELETES_OURS, PUTS_BACK -> true;
          case ONE_WAY, NOTHING -> false;
        };
    if (undoes != permitted) {
      report(undoes ? "no permission is for undoing." : "permissions to undo that are not used.");
    }
  }

  private void resources(Permission permission) {
    for (String resource : permission.resources()) {
      if (resource.equals(Realm.ANYTHING)) {
        if (!WithoutResources.ACTIONS.contains(permission.action())) {
          report(permission.action() + " can be narrowed to resources; '*' is too much.");
        }
      } else if (!WithoutResources.ARN.matcher(resource).matches()) {
        report(permission.action() + " names a malformed ARN: " + resource);
      } else if (WithoutResources.ACTIONS.contains(permission.action())) {
        report(permission.action() + " cannot be narrowed: AWS would deny it on " + resource);
      }
    }
  }

  private static boolean isWritten(String field, Node with) {
    return with instanceof Node.Fields fields
        && fields
            .get(field)
            .filter(node ->
                switch (node) {
                  case Node.Scalar scalar -> !scalar.text().equals("false");
                  case Node.Items items -> !items.nodes().isEmpty();
                  case Node.Fields group -> !group.fields().isEmpty();
                  case Node.Unknown unknown -> true;
                })
            .isPresent();
  }

  /** What AWS's Service Authorization Reference says about resources. */
  static final class WithoutResources {
    /** Allows {@code *} and {@code ?} in parts, as IAM does. */
    static final Pattern ARN =
        Pattern.compile(
            "arn:aws(-[a-z-]+)?:[a-z0-9-]+:([a-z]{2,4}(-[a-z]+)+-\\d{1,2}|\\*|):"
                + "(\\d{12}|\\*|aws|):[^\\s:]\\S*");

    /**
     * Actions without a resource type in the <a
     * href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">Service
     * Authorization Reference</a>, and two whose type does not help: tasks can only be narrowed to
     * one container instance, and alarms only without the composite ones.
     */
    static final Set<String> ACTIONS =
        Set.of(
            "application-autoscaling:DescribeScalableTargets",
            // A template by its URL belongs to no stack yet.
            "cloudformation:GetTemplateSummary",
            "autoscaling:DescribeAutoScalingGroups",
            "autoscaling:DescribeScalingActivities",
            "backup:DescribeRestoreJob",
            "backup:GetRestoreJobMetadata",
            "backup:ListRestoreJobs",
            "cloudwatch:DescribeAlarms",
            "cloudwatch:GetMetricData",
            "cloudwatch:ListMetrics",
            "ecs:DescribeTaskDefinition",
            "ecs:ListTasks",
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth",
            "iot:DescribeEndpoint",
            "rds:DescribeEvents",
            "secretsmanager:GetRandomPassword");

    private WithoutResources() {}
  }
}
