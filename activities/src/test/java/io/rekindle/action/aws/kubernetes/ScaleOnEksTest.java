package io.rekindle.action.aws.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.simulator.cluster.Cluster;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.EksClient;

/** EKS tells where its cluster is, and the step's own credentials are its way in. */
class ScaleOnEksTest extends ScaleContract {
  private static final String ACCOUNT = "123456789012";

  @Override
  String way() {
    return "{ eks: 'shop-dr' }";
  }

  @Override
  Cluster cluster() {
    return SimulatedAws.aws().clusters().lead(ACCOUNT, HERE, "shop-dr");
  }

  @Override
  protected void world() {
    create(true);
    super.world();
  }

  private void create(boolean isPublic) {
    in(HERE, EksClient::builder)
        .createCluster(it ->
            it.name("shop-dr")
                .roleArn("arn:aws:iam::123456789012:role/cluster")
                .resourcesVpcConfig(vpc ->
                    vpc.subnetIds("subnet-1", "subnet-2")
                        .endpointPublicAccess(isPublic)
                        .endpointPrivateAccess(true)));
  }

  @Test
  void saysWhatToDoWhereTheRoleHasNoAccessEntry() {
    given();
    cluster().dropAccessEntries();
    ApplicationFailure unknown = catchThrowableOfType(ApplicationFailure.class, step()::observe);
    assertThat(unknown.isNonRetryable()).isTrue();
    assertThat(unknown.getOriginalMessage())
        .isEqualTo(
            "kubernetes.scale of step 'it' could not read the Deployment web in namespace shop of"
                + " the EKS cluster shop-dr (us-west-2): Kubernetes answered 401, \"Unauthorized\"."
                + " Give the role an access entry there (aws eks create-access-entry --cluster-name"
                + " shop-dr) with the right to read and scale workloads, then retry.");
  }

  @Test
  void saysThatThereIsNoSuchCluster() {
    ApplicationFailure none = catchThrowableOfType(ApplicationFailure.class, step()::observe);
    assertThat(none.getOriginalMessage())
        .isEqualTo("kubernetes.scale: the EKS cluster shop-dr (us-west-2) does not exist");
  }

  @Test
  void aClusterThatIsBeingCreatedHasNoApiServerYet() {
    given();
    endsAs("DescribeCluster", "CREATING");
    ApplicationFailure young = catchThrowableOfType(ApplicationFailure.class, step()::check);
    assertThat(young.getOriginalMessage()).contains("shop-dr (us-west-2) is CREATING");
  }

  @Test
  void thePrivateEndpointOfASilentClusterIsPointedOut() {
    create(false);
    cluster().close();
    ApplicationFailure silent = catchThrowableOfType(ApplicationFailure.class, step()::observe);
    assertThat(silent.getType()).isEqualTo(Failures.UNREACHABLE);
    assertThat(silent.getOriginalMessage())
        .contains("no connection could be made", "Its endpoint is private: the worker must run in");
  }
}
