package io.rekindle.simulator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether a bucket is public, and what Block Public Access takes back: its readers are then those
 * of its own account, whatever the policy says.
 */
final class S3Readers implements Fake {
  private final Map<String, JsonNode> policies = new ConcurrentHashMap<>();
  private final Set<String> restricted = ConcurrentHashMap.newKeySet();

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("s3")) {
      return next.answer(request);
    }
    String bucket = request.path().replaceFirst("^/", "").replaceFirst("/.*$", "");
    return switch (request.operation()) {
      case "GetBucketPolicyStatus" -> status(request, bucket);
      case "PutBucketPolicy" -> policy(request, bucket, next);
      case "PutPublicAccessBlock" -> block(request, bucket, next);
      default ->
          request.region().isEmpty() && isClosed(bucket)
              ? new Refusal(403, "AccessDenied", "Access Denied").to(request)
              : next.answer(request);
    };
  }

  /**
   * Who is not of the account is let in by a public policy only; a condition is met by nobody here.
   */
  private boolean isClosed(String bucket) {
    JsonNode policy = policies.get(bucket);
    return restricted.contains(bucket) || policy != null && !isPublic(policy);
  }

  private Reply policy(Request request, String bucket, Cloud next) {
    Reply reply = next.answer(request);
    if (reply.succeeded()) {
      policies.put(bucket, Json.parse(request.text()));
    }
    return reply;
  }

  private Reply block(Request request, String bucket, Cloud next) {
    Reply reply = next.answer(request);
    if (reply.succeeded()) {
      String restrict =
          Xml.text(Xml.parse(request.text()).getDocumentElement(), "RestrictPublicBuckets");
      if (restrict.equals("true")) {
        restricted.add(bucket);
      } else {
        restricted.remove(bucket);
      }
    }
    return reply;
  }

  private Reply status(Request request, String bucket) {
    JsonNode policy = policies.get(bucket);
    return policy == null
        ? new Refusal(404, "NoSuchBucketPolicy", "The bucket policy does not exist").to(request)
        : Reply.xml("<PolicyStatus><IsPublic>" + isPublic(policy) + "</IsPublic></PolicyStatus>");
  }

  /**
   * A condition may narrow it to some:
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
   */
  private static boolean isPublic(JsonNode policy) {
    for (JsonNode statement : policy.path("Statement")) {
      JsonNode principal = statement.path("Principal");
      boolean everybody =
          principal.asText().equals("*") || principal.path("AWS").asText().equals("*");
      if (everybody
          && statement.path("Effect").asText().equals("Allow")
          && statement.path("Condition").isMissingNode()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void forget() {
    policies.clear();
    restricted.clear();
  }
}
