package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.ActionCall.Point;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.StepDriver;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an earlier run left is named once; a later one is not taken in its place. */
class AdoptionTest extends Restoring {
  private StepDriver adopting() {
    return step().adopting();
  }

  private void givenLeftBy(String... runs) {
    given();
    for (String run : runs) {
      step().run(run).settled();
    }
  }

  @Test
  void adoptsWhatAnEarlierRunLeftOnlyWhenTold() {
    givenLeftBy("0dd0dd");
    assertThat(step().due().change()).isEqualTo("restore");
    assertThat(adopting().settled().outputs()).containsEntry("instance", "orders-0dd0dd");
  }

  @Test
  void recordsWhatItAdoptsByItsNameBeforeAnythingElseHappens() {
    givenLeftBy("0dd0dd", "1dd1dd");
    assertThat(adopting().due()).isEqualTo(new Due("adopt", Map.of("adopted", "orders-1dd1dd")));
  }

  @Test
  void undoAfterAdoptTouchesWhatWasAdoptedAndNothingElse() {
    givenLeftBy("0dd0dd", "1dd1dd", "2dd2dd");
    StepDriver step = adopting();
    step.settled();
    step.undo();
    step.undo();
    assertThat(here.has("orders-2dd2dd")).isFalse();
    assertThat(here.has("orders-1dd1dd")).isTrue();
    assertThat(here.has("orders-0dd0dd")).isTrue();
  }

  @Test
  void asksWhenTheAdoptedOneHasGone() {
    givenLeftBy("0dd0dd", "1dd1dd");
    StepDriver step = adopting();
    step.settled();
    instantly(() ->
        here.rds()
            .deleteDBInstance(
                request -> request.dbInstanceIdentifier("orders-1dd1dd").skipFinalSnapshot(true)));
    assertThat(step.look())
        .isEqualTo(
            new Broken(
                "the DB instance orders-1dd1dd in us-west-2, which this step took over, is gone:"
                    + " start over (retry --anew)"));
  }

  @Test
  void adoptsOnlyWhatCameFromTheAgreedPoint() {
    givenLeftBy("0dd0dd");
    String agreed = step().recoveryPoint().id();
    instantly(() -> world.copy("nightly-2"));
    step().run("1dd1dd").settled();
    assertThat(adopting().at(new Point(agreed, null)).settled().outputs())
        .containsEntry("instance", "orders-0dd0dd");
  }

  @Test
  void asksWhenNothingThatIsLeftCameFromTheAgreedPoint() {
    givenLeftBy("0dd0dd");
    instantly(() -> world.copy("nightly-2"));
    assertThat(adopting().observe())
        .isEqualTo(
            new Broken(
                "the DB instance orders-0dd0dd in us-west-2, which an earlier run left, holds the"
                    + " snapshot arn:aws:rds:us-west-2:123456789012:snapshot:nightly-1, not the"
                    + " agreed arn:aws:rds:us-west-2:123456789012:snapshot:nightly-2: adopt with"
                    + " that one (retry --adopt --set snapshot=…), or start over (retry"
                    + " --anew)"));
  }
}
