package io.rekindle.action.aws.cfn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.StepDriver;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;

/** Every call carries what a step overwrites, so a long template is named by where it is kept. */
class LongTemplateTest extends Deploying {
  private static final String OLD = longTemplate("old");

  @Override
  protected void world() {
    bucket();
    stack(OLD);
  }

  private StepDriver naming(String former) {
    return step(with(", formerTemplate: '" + former + "'"));
  }

  @Test
  void historyHoldsItsDigestAndWhereItIsKept() {
    given();
    String kept = keep("old.json", OLD);
    Due prepare = naming(kept).due();
    assertThat(prepare.before())
        .doesNotContainKey("template")
        .containsEntry("keptAt", kept)
        .hasEntrySatisfying("templateDigest", digest -> assertThat(digest).matches("[0-9a-f]{64}"));
  }

  @Test
  void undoDeploysItFromWhereItIsKept() {
    given();
    StepDriver step = naming(keep("old.json", OLD));
    assertThat(step.check().evidence()).endsWith("can be deployed");
    step.settled();
    assertThat(deployed()).isNotEqualTo(OLD);
    step.undo();
    assertThat(deployed()).isEqualTo(OLD);
  }

  @Test
  void undoDeploysNothingThatWasNotTheFormerOne() {
    given();
    StepDriver step = naming(keep("old.json", longTemplate("other")));
    assertThat(step.check().evidence())
        .endsWith(
            "; undo could not put its long template back: name where it is kept in formerTemplate");
    step.settled();
    String now = deployed();
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.getOriginalMessage())
        .contains("the former template of the stack app (us-west-2) (SHA-256 ")
        .endsWith(
            "is longer than a run remembers, and formerTemplate did not name it: deploy it by"
                + " hand");
    assertThat(deployed()).isEqualTo(now);
  }

  @Test
  void withoutAPlaceOnlyTheDigestIsHeld() {
    given();
    StepDriver step = step();
    assertThat(step.check().ready()).isTrue();
    assertThat(step.due().before())
        .containsKey("templateDigest")
        .doesNotContainKeys("template", "keptAt");
  }
}
