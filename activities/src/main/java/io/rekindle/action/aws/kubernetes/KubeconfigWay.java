package io.rekindle.action.aws.kubernetes;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Kubernetes;
import io.rekindle.plan.step.compute.Kubernetes.Cluster.Kubeconfig;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * The way that a kubeconfig in a secret leads. Commands in it would run on the worker, with the
 * worker's rights, and files that it names would be the worker's own: both are refused.
 */
record KubeconfigWay(Work<Kubernetes.Scale> work, Kubeconfig given) {
  static Way of(Work<Kubernetes.Scale> work, Kubeconfig given) {
    return new KubeconfigWay(work, given).way();
  }

  private Way way() {
    Config config = parsed(text());
    String name = context(config);
    Context context =
        find(config.getContexts(), NamedContext::getName, name)
            .map(NamedContext::getContext)
            .orElseThrow(() -> lacks("context " + name));
    Cluster cluster =
        find(config.getClusters(), NamedCluster::getName, context.getCluster())
            .map(NamedCluster::getCluster)
            .orElseThrow(() -> lacks("cluster " + context.getCluster()));
    AuthInfo user =
        find(config.getUsers(), NamedAuthInfo::getName, context.getUser())
            .map(NamedAuthInfo::getUser)
            .orElseThrow(() -> lacks("user " + context.getUser()));
    requireTls(cluster);
    requireNoCommand(user);
    requireNoFile(cluster, user);
    return new Way(
        "the cluster of the " + it(),
        cluster.getServer(),
        text(cluster.getCertificateAuthorityData()),
        credential(user),
        "Put valid credentials into the " + it() + ", then retry.",
        "The worker must be able to reach " + cluster.getServer() + ".");
  }

  private String it() {
    return "kubeconfig %s (%s)".formatted(given.kubeconfig(), work.call().region());
  }

  private String text() {
    try {
      String text =
          work.client(SecretsManagerClient.class, SecretsManagerClient::builder)
              .getSecretValue(request -> request.secretId(given.kubeconfig()))
              .secretString();
      return text(text);
    } catch (ResourceNotFoundException none) {
      throw work.refused(
          "the secret %s does not exist in %s".formatted(given.kubeconfig(), work.call().region()));
    }
  }

  private Config parsed(String text) {
    return Server.parsed(text, Config.class)
        .orElseThrow(
            () -> work.refused("the secret " + given.kubeconfig() + " holds no kubeconfig"));
  }

  private String context(Config config) {
    String wanted = given.context() == null ? config.getCurrentContext() : given.context();
    if (wanted == null || wanted.isEmpty()) {
      throw work.refused("the " + it() + " has no current context: give the step its context");
    }
    return wanted;
  }

  private static <T> Optional<T> find(
      @Nullable List<T> all, Function<T, String> name, @Nullable String wanted) {
    return (all == null ? Stream.<T>empty() : all.stream())
        .filter(each -> name.apply(each).equals(wanted))
        .findFirst();
  }

  private RuntimeException lacks(String what) {
    return work.refused("the " + it() + " has no " + what);
  }

  private void requireTls(Cluster cluster) {
    if (!text(cluster.getServer()).startsWith("https://")) {
      throw work.refused("the " + it() + " leads to no address that begins with https://");
    }
    if (Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify())) {
      throw work.refused(
          "the "
              + it()
              + " has insecure-skip-tls-verify, so that anybody could take the credentials: give it"
              + " certificate-authority-data instead");
    }
  }

  private void requireNoCommand(AuthInfo user) {
    if (user.getExec() != null || user.getAuthProvider() != null) {
      throw work.refused(
          "the "
              + it()
              + " gets its credentials by a command (exec or auth-provider), which is not run: give"
              + " it a token or a client certificate; for EKS use cluster: { eks: <name> }");
    }
  }

  private void requireNoFile(Cluster cluster, AuthInfo user) {
    boolean isFile =
        Stream.of(
                text(cluster.getCertificateAuthority()),
                text(user.getClientCertificate()),
                text(user.getClientKey()),
                text(user.getTokenFile()))
            .anyMatch(file -> !file.isEmpty());
    if (isFile) {
      throw work.refused(
          "the "
              + it()
              + " names files, which no worker has: put what they hold into it (kubectl config view"
              + " --flatten --raw)");
    }
  }

  private Way.Credential credential(AuthInfo user) {
    String token = text(user.getToken());
    if (!token.isEmpty()) {
      return new Way.Token(token);
    }
    String certificate = text(user.getClientCertificateData());
    String key = text(user.getClientKeyData());
    if (certificate.isEmpty() || key.isEmpty()) {
      throw work.refused("the " + it() + " holds neither a token nor a client certificate");
    }
    return new Way.Certificate(certificate, key);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
