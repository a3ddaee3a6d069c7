package io.rekindle.simulator.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.simulator.fake.Fake;
import io.rekindle.simulator.fake.Tempo;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.util.Base64;

/**
 * What EKS tells of a cluster is where its API server is and whom it must be signed by; as long as
 * the cluster is being created, neither.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeCluster.html">DescribeCluster</a>
 */
final class EksClusters implements Fake {
  private static final String DESCRIBE = "DescribeCluster";
  private static final String CREATING = "CREATING";
  private final Clusters clusters;
  private final Tempo tempo;

  EksClusters(Clusters clusters, Tempo tempo) {
    this.clusters = clusters;
    this.tempo = tempo;
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    Reply reply = next.answer(request);
    if (!request.is("eks", DESCRIBE)) {
      return reply;
    }
    return reply.succeeded() ? located(request, reply) : named(request, reply);
  }

  /** The emulator does not say which error it is where AWS's clients look for that. */
  private static Reply named(Request request, Reply reply) {
    String message = Json.parse(reply.text()).path("message").asText();
    return new Refusal(reply.status(), "ResourceNotFoundException", message).to(request);
  }

  private Reply located(Request request, Reply reply) {
    ObjectNode answer = (ObjectNode) Json.parse(reply.text());
    ObjectNode described = (ObjectNode) answer.path("cluster");
    String told = tempo.end(DESCRIBE);
    if (!told.isEmpty()) {
      described.put("status", told);
    }
    if (told.equals(CREATING)) {
      described.remove("endpoint");
      described.remove("certificateAuthority");
      return reply.with(Json.print(answer));
    }
    Cluster cluster =
        clusters.lead(
            request.caller().account(), request.region(), described.path("name").asText());
    described.put("endpoint", cluster.address().toString());
    described
        .putObject("certificateAuthority")
        .put("data", Base64.getEncoder().encodeToString(cluster.authority().getBytes(UTF_8)));
    return reply.with(Json.print(answer));
  }
}
