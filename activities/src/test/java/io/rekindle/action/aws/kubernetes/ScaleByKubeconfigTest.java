package io.rekindle.action.aws.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.simulator.cluster.Cluster;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A kubeconfig in a secret leads to any cluster. */
class ScaleByKubeconfigTest extends ScaleContract {
  private static final String TOKEN = "t0ken-of-nobody-else";

  @Override
  String way() {
    return "{ kubeconfig: 'shop/kubeconfig' }";
  }

  @Override
  Cluster cluster() {
    return SimulatedAws.aws().clusters().lead("on premises", HERE, "shop");
  }

  @Override
  protected void world() {
    secret(cluster().kubeconfig(TOKEN));
    super.world();
  }

  private void secret(String kubeconfig) {
    in(HERE, SecretsManagerClient::builder)
        .createSecret(it -> it.name("shop/kubeconfig").secretString(kubeconfig));
  }

  private String refusal() {
    ApplicationFailure refused = catchThrowableOfType(ApplicationFailure.class, step()::observe);
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage()).doesNotContain(TOKEN);
    return refused.getOriginalMessage();
  }

  @Test
  void aClientCertificateIsAWayInToo() {
    secret(cluster().certifiedKubeconfig("rekindle"));
    instantly(super::world);
    step().settled();
  }

  @Test
  void aContextMayBeNamed() {
    secret(cluster().kubeconfig(TOKEN).replace("current-context: it\n", ""));
    cluster().deployment("shop", "web", 1);
    assertThat(refusal())
        .isEqualTo(
            "kubernetes.scale: the kubeconfig shop/kubeconfig (us-west-2) has no current context:"
                + " give the step its context");
    String named =
        """
        { cluster: { kubeconfig: 'shop/kubeconfig', context: 'it' }, namespace: 'shop',
          workload: 'web', replicas: 1 }\
        """;
    step(named).settled();
  }

  @ParameterizedTest
  @CsvSource({
    "'    token: t0ken-of-nobody-else', '    exec: { apiVersion: v1, command: touch, args: [x] }',"
        + " 'which is not run'",
    "'    token: t0ken-of-nobody-else', '    auth-provider: { name: oidc }', 'which is not run'",
    "'    token: t0ken-of-nobody-else', '    tokenFile: /etc/passwd', 'names files'",
    "'    token: t0ken-of-nobody-else', '    username: me', 'holds neither a token nor'",
    "'    server: https:', '    insecure-skip-tls-verify: true\n"
        + "    server: https:', 'anybody could take'",
    "'server: https:', 'server: http:', 'begins with https://'",
    "'    cluster: there', '    cluster: elsewhere', 'has no cluster elsewhere'",
    "'apiVersion: v1', '{ t0ken-of-nobody-else', 'holds no kubeconfig'"
  })
  void whatIsNotSafeOrNotWholeIsRefused(String found, String instead, String why) {
    String whole = cluster().kubeconfig(TOKEN);
    assertThat(whole).contains(found);
    secret(whole.replace(found, instead));
    assertThat(refusal()).contains(why);
  }

  @Test
  void saysThatTheTokenIsNotAccepted() {
    secret(cluster().kubeconfig("other").replace("token: other", "token: " + TOKEN));
    assertThat(refusal())
        .contains(
            "401",
            "Put valid credentials into the kubeconfig shop/kubeconfig (us-west-2), then retry.");
  }

  @Test
  void whoIsNotSignedByTheAuthorityInItIsNotTrusted() {
    String whole = cluster().kubeconfig(TOKEN);
    secret(whole.replaceFirst("    certificate-authority-data: .*\n", ""));
    assertThat(refusal()).contains("is not whom the cluster's authority vouches for (TLS failed: ");
    assertThat(cluster().asked()).isEmpty();
  }

  /** The client would read it, and run what it says, if nobody forbade it. */
  @Test
  void theWorkersOwnKubeconfigIsNotRead(@TempDir Path folder) throws IOException {
    given();
    Path trace = folder.resolve("was-run");
    String command =
        "    exec: { apiVersion: client.authentication.k8s.io/v1, command: touch, args: ['%s'] }";
    String own =
        cluster().kubeconfig(TOKEN).replace("    token: " + TOKEN, command.formatted(trace));
    System.setProperty("kubeconfig", Files.writeString(folder.resolve("own"), own).toString());
    try {
      assertThat(step().check().ready()).isTrue();
    } finally {
      System.clearProperty("kubeconfig");
    }
    assertThat(trace).doesNotExist();
  }

  @Test
  void saysThatThereIsNoSuchSecret() {
    assertThat(refusal())
        .isEqualTo("kubernetes.scale: the secret shop/kubeconfig does not exist in us-west-2");
  }
}
