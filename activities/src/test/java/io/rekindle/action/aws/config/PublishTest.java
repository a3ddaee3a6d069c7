package io.rekindle.action.aws.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.compute.Config;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.Tag;

class PublishTest extends ActionContract<Config.Publish> {
  private final SsmClient here = in(HERE, SsmClient::builder);

  @Override
  protected ActionHandler<Config.Publish> handler() {
    return new Publish();
  }

  @Override
  protected String with() {
    return "{ prefix: '/orders/live', values: { 'db/host': 'new', 'db/secret': 'orders/db' } }";
  }

  @Override
  protected void world() {
    put("/orders/live/db/host", "old");
    put("/orders/live/epoch", "6");
    put("/orders/live/activeRegion", THERE);
  }

  /** A value that is put again is still that value. */
  @Override
  protected Set<String> repeatable() {
    return Set.of("PutParameter");
  }

  @Test
  void namesThisRegionUnderTheNextEpoch() {
    given();
    assertThat(step().settled().outputs())
        .containsEntry("activeRegion", HERE)
        .containsEntry("epoch", "7");
    assertThat(under("/orders/live"))
        .containsOnly(
            Map.entry("/orders/live/db/host", "new"),
            Map.entry("/orders/live/db/secret", "orders/db"),
            Map.entry("/orders/live/epoch", "7"),
            Map.entry("/orders/live/activeRegion", HERE));
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsTheFormerValuesAndTheFormerEpoch() {
    given();
    StepDriver step = step();
    Due values = step.due();
    assertThat(values).isEqualTo(new Due("values", Map.of("db/host", "old", ":new", "db/secret")));
    step.apply(values);
    assertThat(step.due())
        .isEqualTo(new Due("activate", Map.of("epoch", "6", "activeRegion", THERE)));
  }

  @Test
  void recordsNothingWhereNothingWasPublished() {
    StepDriver step = step("{ prefix: '/orders/live' }");
    assertThat(step.due()).isEqualTo(new Due("activate", Map.of()));
    assertThat(step.settled().outputs()).containsEntry("epoch", "1");
    step.undo();
    assertThat(under("/orders/live")).containsOnly(Map.entry("/orders/live/epoch", "2"));
  }

  @Test
  void undoLeavesAloneARegionThatSomebodyElsePublished() {
    given();
    StepDriver step = step();
    step.settled();
    put("/orders/live/epoch", "9");
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .contains("active Region (" + HERE + ", epoch 9) under /orders/live in " + HERE);
    assertThat(under("/orders/live")).containsEntry("/orders/live/epoch", "9");
  }

  @Test
  void theEpochIsAboveTheOneOfTheOtherRegionToo() {
    given();
    assertThat(step("{ prefix: '/orders/live', epochAbove: 41 }").settled().outputs())
        .containsEntry("epoch", "42");
  }

  @Test
  void aRegionThatIsActiveAlreadyGetsANewEpochAllTheSame() {
    given();
    put("/orders/live/activeRegion", HERE);
    assertThat(step().settled().outputs()).containsEntry("epoch", "7");
  }

  @Test
  void writesTheRegionWhenOnlyTheEpochWasWritten() {
    given();
    StepDriver step = step("{ prefix: '/orders/live' }");
    Due due = step.due();
    put("/orders/live/epoch", "7");
    step.apply(due);
    assertThat(changes()).containsExactly("PutParameter");
    assertThat(step.settled().outputs()).containsEntry("epoch", "7");
  }

  @Test
  void neverLowersAnEpochThatSomebodyElseRaised() {
    given();
    StepDriver step = step();
    step.settled();
    put("/orders/live/epoch", "9");
    assertThat(step.observe())
        .isInstanceOfSatisfying(
            Broken.class,
            broken -> assertThat(broken.why()).contains("epoch 9 since", "epoch 7", "--anew"));
    assertThat(step().generation(2).settled().outputs()).containsEntry("epoch", "10");
  }

  @Test
  void undoUsesNoEpochTwice() {
    given();
    StepDriver step = step();
    step.settled();
    step.undo();
    assertThat(under("/orders/live"))
        .containsOnly(
            Map.entry("/orders/live/db/host", "old"),
            Map.entry("/orders/live/epoch", "8"),
            Map.entry("/orders/live/activeRegion", THERE));
  }

  @Test
  void undoLeavesAloneWhatSomebodyElseWroteMeanwhile() {
    given();
    StepDriver step = step();
    step.settled();
    put("/orders/live/db/host", "third");
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .endsWith(
            "somebody else has written the value of db/host under /orders/live in "
                + HERE
                + " since; it is left as it is");
    assertThat(under("/orders/live")).containsEntry("/orders/live/db/host", "third");
  }

  @Test
  void aDrillWritesApartAndLeavesNothing() {
    given();
    Map<String, String> before = under("/orders/live");
    StepDriver step = step().drill();
    assertThat(step.settled().outputs()).containsEntry("prefix", "/drill-a1b2c3/orders/live");
    assertThat(under("/drill-a1b2c3")).hasSize(4);
    step.undo();
    assertThat(under("/drill-a1b2c3")).isEmpty();
    assertThat(under("/orders/live")).isEqualTo(before);
  }

  @Test
  void whatIsNewSaysWhoMadeIt() {
    given();
    step().settled();
    assertThat(
            here.listTagsForResource(
                    it -> it.resourceType("Parameter").resourceId("/orders/live/db/secret"))
                .tagList())
        .contains(Tag.builder().key("rekindle:run").value("a1b2c3").build());
  }

  @Test
  void readsAndWritesMoreValuesThanAwsReadsAtOnce() {
    StringBuilder values = new StringBuilder("v0: '0'");
    for (int i = 1; i < 23; i++) {
      values.append(", v%d: '%d'".formatted(i, i));
    }
    StepDriver step = step("{ prefix: '/orders/live', values: { %s } }".formatted(values));
    step.settled();
    assertThat(under("/orders/live")).hasSize(25);
    step.undo();
    assertThat(under("/orders/live")).containsOnlyKeys("/orders/live/epoch");
  }

  @Test
  void asksWhenAParameterIsSecret() {
    given();
    here.putParameter(
        it -> it.name("/orders/live/db/secret").value("x").type(ParameterType.SECURE_STRING));
    assertThat(step().check().evidence())
        .contains("SecureString", "/orders/live/db/secret", "only String parameters");
    assertThat(step().observe()).isInstanceOf(Broken.class);
  }

  @Test
  void asksWhenTheEpochIsNoNumber() {
    given();
    put("/orders/live/epoch", "seven");
    assertThat(step().check().evidence()).contains("should hold an epoch but holds 'seven'");
    assertThat(step().observe()).isInstanceOf(Broken.class);
  }

  private void put(String name, String value) {
    here.putParameter(it -> it.name(name).value(value).type(ParameterType.STRING).overwrite(true));
  }

  private Map<String, String> under(String path) {
    return here.getParametersByPathPaginator(it -> it.path(path).recursive(true)).stream()
        .flatMap(page -> page.parameters().stream())
        .collect(Collectors.toMap(Parameter::name, Parameter::value));
  }
}
