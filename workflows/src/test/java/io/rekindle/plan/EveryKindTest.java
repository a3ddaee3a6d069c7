package io.rekindle.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.rekindle.Repository;
import io.rekindle.plan.PlanReader.PlanProblem;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Component.OneOrMany;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Action.Does;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Action.Like;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.step.compute.Asg;
import io.rekindle.plan.step.compute.Cfn;
import io.rekindle.plan.step.compute.Codebuild;
import io.rekindle.plan.step.compute.Pipeline;
import io.rekindle.plan.step.data.AuroraGlobal;
import io.rekindle.plan.step.traffic.Apigw;
import io.rekindle.plan.step.traffic.Arc;
import io.rekindle.plan.step.traffic.Iot;
import io.rekindle.plan.value.Arn;
import io.rekindle.plan.value.RegionName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the author of a kind forgets is named here. */
class EveryKindTest {
  private static final Realm REALM = new Realm(new RegionName("us-west-2"), "123456789012", false);

  private static List<String> broken(Function<Kind, List<String>> rule) {
    return Kinds.all().stream().map(rule).flatMap(List::stream).toList();
  }

  private static List<String> absent(Function<Kind, Path> file) {
    return Kinds.all().stream().map(file).filter(Files::notExists).map(Repository::name).toList();
  }

  /** The kinds that have an example; the others are named by one test alone. */
  private static List<Kind> shown() {
    return Kinds.all().stream().filter(kind -> Files.exists(exampleOf(kind))).toList();
  }

  private static List<String> brokenAsShown(Function<Kind, List<String>> rule) {
    return shown().stream().map(rule).flatMap(List::stream).toList();
  }

  private static Path exampleOf(Kind kind) {
    return Repository.path("examples/steps/" + kind.name() + ".yaml");
  }

  private static Node.Fields fieldsOf(Kind kind) {
    return PlanReader.fields(Repository.read(exampleOf(kind)));
  }

  private static Node withOf(Kind kind) {
    return fieldsOf(kind).get("with").orElseThrow();
  }

  private static Bound<Optional<Record>> bound(Kind kind) {
    Node with = withOf(kind);
    return Binding.bind(kind, with, word -> new Node.Unknown(with.place()), "with");
  }

  @Nested
  class ADeclaration {
    @Test
    void isNamedAfterItsClass() {
      assertThat(broken(DeclarationRules::names)).isEmpty();
    }

    @Test
    void givesALookTimeWithinItsBudget() {
      assertThat(broken(DeclarationRules::looks)).isEmpty();
    }

    @Test
    void saysWhichThingItActsOn() {
      assertThat(broken(DeclarationRules::things)).isEmpty();
    }

    @Test
    void saysWhatItAndEachOfItsPartsIs() {
      assertThat(broken(DeclarationRules::sentences)).isEmpty();
    }

    @Test
    void saysHowLongItTakesAndHowThatIsKnown() {
      assertThat(broken(DeclarationRules::durations)).isEmpty();
    }

    @Test
    void showsOutputsThatPlansCanBeCheckedWith() {
      assertThat(brokenAsShown(kind -> DeclarationRules.outputs(kind, withOf(kind)))).isEmpty();
    }

    @Test
    void asksForThePermissionsItNeedsAndNoMore() {
      assertThat(
              brokenAsShown(kind ->
                  bound(kind).value().orElseThrow() instanceof Action action
                      ? DeclarationRules.permissions(kind, withOf(kind), action.permissions(REALM))
                      : List.of()))
          .isEmpty();
    }

    @Test
    void asksForNothingWhereItCallsNoAwsApi() {
      assertThat(
              shown().stream()
                  .filter(kind -> kind.facts().plane() == Plane.NONE)
                  .map(kind -> bound(kind).value().orElseThrow())
                  .flatMap(record ->
                      record instanceof Action action
                          ? action.permissions(REALM).stream()
                          : Stream.of()))
          .isEmpty();
    }
  }

  @Nested
  class AnExample {
    @Test
    void isThereForEveryKind() {
      assertThat(absent(EveryKindTest::exampleOf)).isEmpty();
    }

    @Test
    void isThereForNothingElse() {
      List<Path> known = Kinds.all().stream().map(EveryKindTest::exampleOf).toList();
      assertThat(Repository.below(Repository.path("examples/steps"), file -> !known.contains(file)))
          .isEmpty();
    }

    @Test
    void showsItsOwnKind() {
      assertThat(shown())
          .allSatisfy(kind -> assertThat(fieldsOf(kind).text("uses")).contains(kind.name()));
    }

    @Test
    void bindsWithoutProblems() {
      assertThat(
              brokenAsShown(kind -> bound(kind).problems().stream().map(Object::toString).toList()))
          .isEmpty();
    }

    @Test
    void canBePastedIntoAPlan() {
      assertThat(
              brokenAsShown(kind ->
                  PlanReader.read(kind.name(), pasted(kind)).problems().stream()
                      .map(PlanProblem::toString)
                      .toList()))
          .isEmpty();
    }

    /** Behind a gate and before a look from outside, as every change of traffic must stand. */
    private String pasted(Kind kind) {
      String entry = "-\n" + Repository.read(exampleOf(kind)).indent(2);
      String failover =
          """
          application: orders
          regions: { primary: us-east-2, recovery: us-west-2 }
          failover:
            - { id: gate, uses: approval, with: { question: "Go on?" } }
          """;
      String outside =
          """
            - { id: outside, uses: verify.http, with: { url: "https://orders.example.com/" } }
          """;
      return kind.isProbe()
          ? failover + outside + "assess:\n  probes:\n" + entry.indent(4)
          : failover + entry.indent(2) + outside;
    }
  }

  @Nested
  class TheFilesOfAKind {
    /**
     * Kinds whose handlers are still to be written. It only ever shrinks: take a kind out when its
     * handler is there.
     */
    private static final Set<Class<? extends Action>> NOT_YET =
        Set.of(
            Asg.Scale.class,
            Cfn.DeleteStack.class,
            Codebuild.Run.class,
            Pipeline.Run.class,
            AuroraGlobal.GlobalFailover.class,
            AuroraGlobal.GlobalSwitchover.class,
            AuroraGlobal.AddRegion.class,
            Apigw.EnsureDomain.class,
            Arc.RoutingControl.class,
            Iot.EnsureDomain.class,
            Iot.VerifyEndpoint.class);

    @Test
    void includeAReferencePage() {
      assertThat(absent(kind -> Repository.path("docs/steps/" + kind.name() + ".md"))).isEmpty();
    }

    @Test
    void includeAHandlerAndItsTest() {
      assertThat(broken(kind -> isExcused(kind) ? List.of() : missing(kind))).isEmpty();
    }

    @Test
    void areNotExcusedOnceTheyAreThere() {
      assertThat(
              Kinds.all().stream()
                  .filter(TheFilesOfAKind::isExcused)
                  .filter(kind -> missing(kind).size() < 2)
                  .map(Kind::name))
          .as("kinds to be taken out of NOT_YET, because they have a handler or its test")
          .isEmpty();
    }

    private static boolean isExcused(Kind kind) {
      return kind.isControl() || NOT_YET.stream().anyMatch(kind.type()::equals);
    }

    /** {@code …/rds/RestoreInstance.java} among the sources, and its test among the tests. */
    private static List<String> missing(Kind kind) {
      String file = kind.service().toLowerCase(Locale.ROOT) + "/" + kind.type().getSimpleName();
      return Stream.of(missing("main", file + ".java"), missing("test", file + "Test.java"))
          .flatMap(Optional::stream)
          .map(missing -> kind.name() + " has no " + missing)
          .toList();
    }

    private static Optional<String> missing(String set, String file) {
      String sources = "activities/src/" + set + "/java";
      return Repository.below(Repository.path(sources), path -> path.endsWith(file)).isEmpty()
          ? Optional.of(sources + "/**/" + file)
          : Optional.empty();
    }
  }

  @Nested
  class AService {
    @Test
    void isListedAmongTheServices() {
      assertThat(
              new ClassFileImporter()
                      .withImportOption(location -> !location.contains("/test-classes/"))
                      .importPackagesOf(Action.class)
                      .stream()
                      .filter(AService::isService)
                      .map(JavaClass::getName))
          .as("the sealed interfaces directly below Action; those missing belong into Kinds")
          .containsExactlyInAnyOrderElementsOf(
              Kinds.services().stream().map(Class::getName).toList());
    }

    private static boolean isService(JavaClass type) {
      return type.isInterface()
          && type.getRawInterfaces().stream().anyMatch(each -> each.isEquivalentTo(Action.class));
    }

    @Test
    void isSealedOverItsKinds() {
      assertThat(Kinds.services()).allMatch(Class::isSealed);
    }
  }

  /** Proof that the rules see what they are for. */
  @Nested
  class AFaultyDeclaration {
    interface Faulty extends Action {
      @Override
      default List<Permission> permissions(Realm at) {
        return List.of();
      }
    }

    record Bare() implements Faulty {}

    @Test
    void isCaughtWithoutFacts() {
      assertThatThrownBy(() -> Kind.of(Bare.class))
          .hasMessageEndingWith("$Bare declares no @Facts.");
    }

    @Facts(
        kind = "aFaultyDeclaration.mute",
        says = "Does something",
        role = Role.DATA,
        plane = Plane.CONTROL,
        guard = Guard.NAME,
        undo = Undo.NOTHING,
        undoing = "",
        drill = Drill.REFUSED,
        drilling = " ",
        budget = "5m")
    record Mute(
        String name, @Says("Has parts.") List<Part> parts, @Says("Which one.") Choice choice)
        implements Faulty {
      enum Change implements Action.Change {
        @Does("")
        @Lasts(min = "1s", likely = "1s", max = "1s", source = "estimate")
        CHANGE
      }

      record Outputs(@Like("{name}") String name) implements Action.Outputs {}
    }

    record Part(@Says("no period") String size) {}

    sealed interface Choice {
      record One(String one) implements Choice {}

      record Other(@Says("The other.") String other) implements Choice {}
    }

    @Test
    void isCaughtWithoutSentences() {
      assertThat(String.join("\n", DeclarationRules.sentences(Kind.of(Mute.class))))
          .isEqualTo(
              """
              aFaultyDeclaration.mute: the kind is no sentence with a period: 'Does something'
              aFaultyDeclaration.mute: undoing says nothing.
              aFaultyDeclaration.mute: drilling says nothing.
              aFaultyDeclaration.mute: the change 'change' says nothing.
              aFaultyDeclaration.mute: the output 'name' says nothing.
              aFaultyDeclaration.mute: the field 'name' says nothing.
              aFaultyDeclaration.mute: the field 'parts.size' is no sentence with a period: 'no period'
              aFaultyDeclaration.mute: the field 'choice.one' says nothing.\
              """);
    }

    @Facts(
        kind = "faulty.wrong",
        says = "Is wrong.",
        role = Role.DATA,
        plane = Plane.CONTROL,
        settles = @Lasts(min = "1s", likely = "1s", max = "1s", source = "estimate"),
        guard = Guard.NAME,
        undo = Undo.DELETES_OURS,
        undoing = "Deletes it.",
        drill = Drill.REFUSED,
        drilling = "Refused.",
        budget = "5m")
    record Wrong(
        @Says("Its name.") String name,
        @Says("Its owner.") @Nullable String owner,
        @Says("Its groups.") @OneOrMany List<String> groups,
        @Says("Whether to restore.") boolean restored)
        implements Faulty {
      enum Change implements Action.Change {
        @Does(value = "Restores.", onlyIf = "snapshot")
        @Lasts(min = "1m", likely = "2m", max = "3m", source = "experience")
        RESTORE,

        @Does("Restores again.")
        @Lasts(min = "0s", likely = "1m", max = "3m", source = "runbook of examples/nothing.yaml")
        AGAIN
      }

      record Size(@Says("Its size.") @Like("{size}") String size) {}

      record Outputs(
          @Says("Its ARN.") @Like("{name}") Arn Arn,
          @Says("Its owner.") @Like("{owner}") String owner,
          @Says("Its groups.") @Like("{groups}") String groups,
          Size size,
          Size sameSize)
          implements Action.Outputs {}
    }

    private final Node with = PlanReader.fields("{ name: orders, groups: [a], restored: false }");

    @Test
    void isCaughtWithWrongNames() {
      assertThat(String.join("\n", DeclarationRules.names(Kind.of(Wrong.class))))
          .isEqualTo(
              """
              faulty.wrong: by its class it is called aFaultyDeclaration.wrong.
              faulty.wrong: the output 'Arn' has no name like 'endpoint' or 'finalSnapshot'.
              faulty.wrong: two outputs are called 'size'.
              faulty.wrong: the change 'restore' depends on no field: 'snapshot'\
              """);
    }

    @Test
    void isCaughtWithDurationsThatNobodyCanTrust() {
      assertThat(String.join("\n", DeclarationRules.durations(Kind.of(Wrong.class))))
          .isEqualTo(
              """
              faulty.wrong: it has changes, so each of them lasts and settles is left out.
              faulty.wrong: the change 'restore' has no source: write an https URL of \
              docs.aws.amazon.com, 'estimate', 'the step's own field' or a document of this \
              repository, not 'experience'
              faulty.wrong: the change 'again' takes no time.
              faulty.wrong: the change 'again' has no source: write an https URL of \
              docs.aws.amazon.com, 'estimate', 'the step's own field' or a document of this \
              repository, not 'runbook of examples/nothing.yaml'
              faulty.wrong: the budget 5m is shorter than its changes may last.\
              """);
    }

    @Test
    void isCaughtWithOutputsThatNoPlanCouldBeCheckedWith() {
      assertThat(String.join("\n", DeclarationRules.outputs(Kind.of(Wrong.class), with)))
          .isEqualTo(
              """
              faulty.wrong: the output 'Arn' looks like 'orders', which is no Arn.
              faulty.wrong: the output 'owner' looks like a field that plans may leave out: {owner}
              faulty.wrong: the output 'groups' looks like a field that plans may leave out: {groups}
              faulty.wrong: the output 'size' looks like no field: {size}
              faulty.wrong: the output 'size' looks like no field: {size}\
              """);
    }

    @Facts(
        kind = "aFaultyDeclaration.hasty",
        says = "Is done before it begins.",
        role = Role.DATA,
        plane = Plane.CONTROL,
        guard = Guard.NAME,
        drill = Drill.REFUSED,
        drilling = "Refused.",
        budget = "5m")
    record Hasty() implements Faulty {
      enum Change implements Action.Change {
        @Does("Hurries.")
        @Lasts(min = "2m", likely = "1m", max = "3m", source = "estimate")
        HURRY
      }
    }

    @Test
    void cannotEvenBeReadWhenItsDurationsDoNotGoUp() {
      assertThatThrownBy(() -> Kind.of(Hasty.class))
          .hasMessageEndingWith("$Hasty: A spread goes from min over likely to max.");
    }

    @Test
    void isCaughtWhenItIsSilentAboutUndo() {
      assertThat(DeclarationRules.sentences(Kind.of(Silent.class)))
          .containsExactly(
              "aFaultyDeclaration.silent: it has changes, so undoing says what becomes of them.");
    }

    @Facts(
        kind = "aFaultyDeclaration.silent",
        says = "Changes something.",
        role = Role.DATA,
        plane = Plane.CONTROL,
        guard = Guard.NAME,
        drill = Drill.REFUSED,
        drilling = "Refused.",
        budget = "5m")
    record Silent() implements Faulty {
      enum Change implements Action.Change {
        @Does("Changes.")
        @Lasts(min = "1m", likely = "1m", max = "3m", source = "estimate")
        CHANGE
      }
    }

    @Facts(
        kind = "aFaultyDeclaration.greedy",
        says = "Takes more than it needs.",
        role = Role.DATA,
        plane = Plane.CONTROL,
        guard = Guard.NAME,
        undo = Undo.DELETES_OURS,
        undoing = "Deletes it.",
        drill = Drill.REFUSED,
        drilling = "Refused.",
        budget = "5m")
    record Greedy(@Says("Whether to restore.") boolean restored) implements Faulty {
      enum Change implements Action.Change {
        @Does("Creates.")
        @Lasts(min = "1s", likely = "1s", max = "1s", source = "estimate")
        CREATE,

        @Does(value = "Scales.", onlyIf = "restored")
        @Lasts(min = "1s", likely = "1s", max = "1s", source = "estimate")
        SCALE
      }
    }

    private enum OfAnotherKind implements Action.Change {
      TAG
    }

    @Test
    void isCaughtWithPermissionsThatDoNotFit() {
      List<Permission> permissions =
          List.of(
              Permission.look("rds:DescribeDBInstances", Realm.ANYTHING),
              Permission.look("ecs:DescribeTaskDefinition", REALM.arn("ecs", "task-definition/x")),
              Permission.look("rds:ListTagsForResource", "arn:aws:rds:us-west-2:orders"),
              Permission.change(
                  Greedy.Change.SCALE, "rds:ModifyDBInstance", REALM.arn("rds", "db:orders")),
              Permission.implied(
                  OfAnotherKind.TAG, "rds:AddTagsToResource", REALM.arn("rds", "db:orders")));
      assertThat(
              String.join(
                  "\n", DeclarationRules.permissions(Kind.of(Greedy.class), with, permissions)))
          .isEqualTo(
              """
              aFaultyDeclaration.greedy: rds:DescribeDBInstances can be narrowed to resources; '*' is too much.
              aFaultyDeclaration.greedy: ecs:DescribeTaskDefinition cannot be narrowed: AWS would deny it on \
              arn:aws:ecs:us-west-2:123456789012:task-definition/x
              aFaultyDeclaration.greedy: rds:ListTagsForResource names a malformed ARN: arn:aws:rds:us-west-2:orders
              aFaultyDeclaration.greedy: rds:AddTagsToResource is for a change that is not there: tag
              aFaultyDeclaration.greedy: no permission is for the change 'create'.
              aFaultyDeclaration.greedy: the change 'scale' is permitted although it is not made here.
              aFaultyDeclaration.greedy: no permission is for undoing.\
              """);
    }

    @Test
    void cannotEvenNameAWildcardAction() {
      assertThatThrownBy(() -> Permission.look("rds:Describe*", Realm.ANYTHING))
          .hasMessage("'rds:Describe*' is not an IAM action.");
    }
  }
}
