package io.rekindle.action.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Readiness;
import org.junit.jupiter.api.Test;

/** Before anything is changed, the images of the tasks are found in the Region's own registry. */
class TaskImagesTest extends Scaled {
  private static final String PRIMARY = "123456789012.dkr.ecr.us-east-2.amazonaws.com/shop/web:1";

  @Override
  protected void world() {
    here.service(0);
  }

  private Readiness checked(String image) {
    given();
    return step(deploying(here.taskDefinition(image))).check();
  }

  private static String deploying(String taskDefinition) {
    return """
    { cluster: 'shop', service: 'web', desired: 2, taskDefinition: '%s',
      taskRoles: ['arn:aws:iam::123456789012:role/web'] }\
    """
        .formatted(taskDefinition);
  }

  private void isMissing(String image) {
    assertThat(checked(image))
        .isEqualTo(
            new Readiness(
                false,
                "the image "
                    + image
                    + " does not exist: push it, or replicate its repository to us-west-2",
                null));
  }

  @Test
  void aTagIsShownWithTheDigestThatItStandsFor() {
    given();
    String digest = here.push();
    assertThat(step().check().ready()).isTrue();
    assertThat(step().check().evidence())
        .endsWith(" and can be set to 4; the image " + EcsWorld.IMAGE + " is " + digest);
  }

  @Test
  void aDigestIsFound() {
    String digest = here.push();
    assertThat(checked(EcsWorld.REGISTRY + "/shop/web@" + digest).ready()).isTrue();
  }

  @Test
  void withoutARepositoryThereIsNone() {
    isMissing(EcsWorld.IMAGE);
  }

  @Test
  void whatWasNeverReplicatedIsMissing() {
    here.push();
    isMissing(EcsWorld.REGISTRY + "/shop/web:2");
  }

  @Test
  void withoutATagTheLatestIsMeant() {
    here.push();
    isMissing(EcsWorld.REGISTRY + "/shop/web");
  }

  /** It would be pulled from the Region that is down. */
  @Test
  void oneInAnotherRegionIsALack() {
    assertThat(checked(PRIMARY))
        .isEqualTo(
            new Readiness(
                false,
                "the image "
                    + PRIMARY
                    + " lies in us-east-2, which may be down when it is needed: replicate its"
                    + " repository to us-west-2, and let the container name that registry",
                null));
  }

  @Test
  void oneOutsideEcrIsNotLookedForAndThatIsSaid() {
    Readiness seen = checked("public.ecr.aws/nginx/nginx:1.27");
    assertThat(seen.ready()).isTrue();
    assertThat(seen.evidence())
        .endsWith(
            "; the image public.ecr.aws/nginx/nginx:1.27 lies outside ECR and is not looked for");
  }

  @Test
  void whatStartsNothingNeedsNone() {
    given();
    assertThat(step(to(0)).check().ready()).isTrue();
  }
}
