package io.rekindle.simulator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.simulator.fake.Tempo;
import io.rekindle.simulator.tls.Authority;
import io.rekindle.simulator.wire.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * One cluster: what runs in it, who may come in, and how its API server behaves. Who shows a good
 * token of EKS, or one of those that a kubeconfig holds, may do everything but what is forbidden.
 */
public final class Cluster implements AutoCloseable {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private final Authority authority;
  private final Namespaces namespaces;
  private final Doorkeeper door;
  private final ApiServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final AtomicReference<Runnable> before = new AtomicReference<>(() -> {});
  private final AtomicBoolean silent = new AtomicBoolean();
  private final List<Trouble> troubles = new CopyOnWriteArrayList<>();

  /** What happens to the next ones who ask for that. */
  private record Trouble(String what, Optional<Verdict> instead, AtomicInteger times) {
    boolean strikes(Ask ask) {
      return what.equals(ask.inWords()) && times.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
  }

  Cluster(Tempo tempo, Authority authority, Doorkeeper door, Opening opening) {
    this.authority = authority;
    this.door = door;
    namespaces = new Namespaces(tempo);
    server = opening.open(silent::get, this::answer);
  }

  /** Opens the address of a cluster. */
  interface Opening {
    ApiServer open(BooleanSupplier silent, ApiServer.Answering answering);
  }

  public URI address() {
    return server.address();
  }

  /** The certificate of who signed the one it shows, in PEM. */
  public String authority() {
    return authority.pem();
  }

  /** A Deployment with so many replicas, which all run already. */
  public void deployment(String namespace, String name, int replicas) {
    namespaces.add("deployments", namespace, name, replicas);
  }

  /** A StatefulSet with so many replicas, which all run already. */
  public void statefulSet(String namespace, String name, int replicas) {
    namespaces.add("statefulsets", namespace, name, replicas);
  }

  /** A HorizontalPodAutoscaler that holds a Deployment within limits. */
  public void autoscaler(String namespace, String name, String deployment, int min, int max) {
    Workload of = namespaces.find("deployments", namespace, deployment).orElseThrow();
    namespaces.add(of, name, min, max);
  }

  /** From now on there are nodes for so many pods; as long as nobody says so, for any number. */
  public void nodesFor(int pods) {
    nodesFor(() -> pods);
  }

  /**
   * From now on there are nodes for as many pods as somebody says.
   *
   * @param pods asked whenever somebody looks
   */
  public void nodesFor(IntSupplier pods) {
    namespaces.nodesFor(pods);
  }

  /** How many pods of a Deployment are ready. */
  public int ready(String namespace, String deployment) {
    return namespaces.ready(namespace, deployment);
  }

  /** How many replicas a Deployment shall have. */
  public int replicas(String namespace, String deployment) {
    return namespaces.of("deployments", namespace, deployment, Workload::replicas);
  }

  /** Somebody else sets the replicas of a Deployment. */
  public void scale(String namespace, String deployment, int replicas) {
    alter(namespace, deployment, it -> namespaces.scale(it, replicas));
  }

  /** A new template for the pods of a Deployment. */
  public void rollOut(String namespace, String deployment) {
    alter(namespace, deployment, it -> namespaces.rollOut(it));
  }

  /** A Deployment rolls out no further. */
  public void pause(String namespace, String deployment) {
    alter(namespace, deployment, it -> namespaces.pause(it));
  }

  private void alter(String namespace, String deployment, Consumer<Workload> change) {
    namespaces.of(
        "deployments",
        namespace,
        deployment,
        it -> {
          change.accept(it);
          return it;
        });
  }

  /** As where the cluster has no access entry for the worker's role. */
  public void dropAccessEntries() {
    door.dropAccessEntries();
  }

  /**
   * From now on RBAC forbids this.
   *
   * @param what a verb and a resource, such as {@code update deployments/scale}
   */
  public void forbid(String what) {
    door.forbid(what);
  }

  /** The next time this is refused. */
  public void refuseOnce(String what, int status, String reason, String message) {
    troubles.add(
        new Trouble(
            what, Optional.of(Verdict.refusal(status, reason, message)), new AtomicInteger(1)));
  }

  /** From now on answers to this do not arrive. */
  public void loseAnswers(String what) {
    troubles.add(new Trouble(what, Optional.empty(), new AtomicInteger(Integer.MAX_VALUE)));
  }

  /** The next change comes just after this. */
  public void beforeTheNextChange(Runnable meanwhile) {
    before.set(meanwhile);
  }

  /** From now on it does not even shake hands, until it is mended. */
  public void fallSilent() {
    silent.set(true);
  }

  /** From now on answers arrive. */
  public void mend() {
    troubles.clear();
    silent.set(false);
  }

  /** What it was asked so far, as verbs on resources. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** What was changed so far, as verbs on resources. */
  public List<String> changes() {
    return List.copyOf(done);
  }

  /** A kubeconfig that leads here with a token. */
  public String kubeconfig(String token) {
    door.admit(token, "system:serviceaccount:kube-system:rekindle");
    return new KubeconfigText(this).withToken(token);
  }

  /** A kubeconfig that leads here with a client certificate of this name. */
  public String certifiedKubeconfig(String user) {
    Authority.Identity identity = authority.identity(user);
    return new KubeconfigText(this).withCertificate(identity);
  }

  private Optional<Verdict> answer(
      String method, URI at, String body, String authorization, String certified) {
    Optional<Ask> ask = Ask.of(method, at, body);
    ask.ifPresent(known -> asked.add(known.inWords()));
    Optional<String> user = door.user(authorization, certified);
    if (user.isEmpty()) {
      return Optional.of(Verdict.unauthorized());
    }
    if (at.getPath().equals(REVIEWS)) {
      return Optional.of(reviewed(Json.parse(body), user.get()));
    }
    return ask.map(known -> answer(known, user.get())).orElse(Optional.of(Verdict.nowhere()));
  }

  /** Whether who asks may do something. */
  private Verdict reviewed(JsonNode review, String user) {
    boolean allowed = door.permits(user, Ask.of(review.at("/spec/resourceAttributes")));
    return Verdict.of(
        Map.of(
            "apiVersion",
            "authorization.k8s.io/v1",
            "kind",
            "SelfSubjectAccessReview",
            "metadata",
            Map.of(),
            "spec",
            review.path("spec"),
            "status",
            Map.of("allowed", allowed)));
  }

  private Optional<Verdict> answer(Ask ask, String user) {
    if (!door.permits(user, ask)) {
      return Optional.of(Verdict.forbidden(user, ask));
    }
    Optional<Trouble> trouble = troubles.stream().filter(each -> each.strikes(ask)).findFirst();
    if (trouble.isPresent() && trouble.get().instead().isPresent()) {
      return trouble.get().instead();
    }
    if (ask.isChange()) {
      before.getAndSet(() -> {}).run();
    }
    Verdict verdict = namespaces.answer(ask);
    if (ask.isChange() && verdict.succeeded()) {
      done.add(ask.inWords());
    }
    return trouble.isPresent() ? Optional.empty() : Optional.of(verdict);
  }

  @Override
  public void close() {
    silent.set(false);
    server.close();
  }
}
