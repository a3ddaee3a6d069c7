package io.rekindle.simulator.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rekindle.simulator.wire.Callers;
import io.rekindle.simulator.wire.Request;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A token for EKS: a question to STS who one is, signed for one cluster, which EKS asks in the name
 * of its bearer. The name of the cluster is signed but not written there, so that only the cluster
 * itself can know whether it is meant.
 *
 * @see <a href="https://github.com/kubernetes-sigs/aws-iam-authenticator">aws-iam-authenticator</a>
 */
record EksToken(URI question, Map<String, String> query) {
  static final String PREFIX = "k8s-aws-v1.";
  private static final String HEADER = "x-k8s-aws-id";
  private static final Duration VALID = Duration.ofMinutes(15);
  private static final int LONGEST = 4096;

  /** A question that asks for more is refused. */
  private static final Set<String> PARAMETERS =
      Set.of(
          "Action",
          "Version",
          "X-Amz-Algorithm",
          "X-Amz-Credential",
          "X-Amz-Date",
          "X-Amz-Expires",
          "X-Amz-Security-Token",
          "X-Amz-Signature",
          "X-Amz-SignedHeaders");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Secrets of access keys that nobody gave out: those of tests, and of the local stack. */
  private static final List<String> OWN_SECRETS = List.of("test", "simulated");

  private record Scope(String accessKey, String day, String region, String service) {
    static Scope of(String credential) {
      String[] parts = credential.split("/", -1);
      return parts.length == 5
          ? new Scope(parts[0], parts[1], parts[2], parts[3])
          : new Scope("", "", "", "");
    }

    String text() {
      return String.join("/", day, region, service, "aws4_request");
    }
  }

  /** Empty for what is no such token. */
  static Optional<EksToken> read(String token) {
    try {
      byte[] url = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
      URI question = URI.create(new String(url, UTF_8));
      boolean isFormed = !token.endsWith("=") && token.length() <= LONGEST;
      return !isFormed || question.getRawQuery() == null
          ? Optional.empty()
          : Optional.of(new EksToken(question, Request.decoded(question.getRawQuery())));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** The one whose token it is, when it is good for this cluster. */
  Optional<String> principal(Clusters.Key cluster, Callers callers, Instant now) {
    Scope scope = Scope.of(parameter("X-Amz-Credential"));
    boolean isGood =
        asksWhoOneIs(scope)
            && isFresh(now)
            && callers.account(scope.accessKey()).equals(cluster.account())
            && secrets(scope, callers).stream()
                .anyMatch(secret -> signature(cluster.name(), scope, secret).equals(signed()));
    String role = callers.role(scope.accessKey());
    return isGood
        ? Optional.of(
            role.isEmpty()
                ? String.join(":", "arn:aws", "iam", "", cluster.account(), "user/worker")
                : role)
        : Optional.empty();
  }

  private String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  private String signed() {
    return parameter("X-Amz-Signature");
  }

  /** EKS asks a Regional endpoint of STS and no other. */
  private boolean asksWhoOneIs(Scope scope) {
    return question.getScheme().equals("https")
        && question
            .getHost()
            .matches("sts\\.%s\\.amazonaws\\.com(\\.cn)?".formatted(scope.region()))
        && question.getPath().equals("/")
        && PARAMETERS.containsAll(query.keySet())
        && scope.service().equals("sts")
        && parameter("Action").equals("GetCallerIdentity")
        && parameter("X-Amz-SignedHeaders").equals("host;" + HEADER);
  }

  private boolean isFresh(Instant now) {
    Instant made = Instant.from(TIME.parse(parameter("X-Amz-Date")));
    Duration age = Duration.between(made, now);
    return age.compareTo(VALID) < 0 && parameter("X-Amz-Expires").matches("[1-9]\\d{0,2}");
  }

  private static List<String> secrets(Scope scope, Callers callers) {
    return callers.secret(scope.accessKey()).map(List::of).orElse(OWN_SECRETS);
  }

  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
  private String signature(String cluster, Scope scope, String secret) {
    Map<String, String> asked = new TreeMap<>(query);
    asked.remove("X-Amz-Signature");
    String parameters =
        asked.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    String headers = "host:%s\n%s:%s\n".formatted(question.getHost(), HEADER, cluster);
    String request =
        String.join("\n", "GET", "/", parameters, headers, "host;" + HEADER, Digests.sha256(""));
    String text =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            parameter("X-Amz-Date"),
            scope.text(),
            Digests.sha256(request));
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String part : scope.text().split("/", -1)) {
      key = Digests.hmac(key, part);
    }
    return HexFormat.of().formatHex(Digests.hmac(key, text));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
