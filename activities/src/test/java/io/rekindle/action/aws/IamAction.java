package io.rekindle.action.aws;

import io.rekindle.simulator.Call;
import java.util.Map;

/** The IAM action that permits a call. */
final class IamAction {
  private static final Map<String, String> PREFIXES =
      Map.of("monitoring", "cloudwatch", "tagging", "tag");
  private static final Map<String, String> ODD =
      Map.of(
          "s3:HeadObject", "s3:GetObject",
          "s3:HeadBucket", "s3:ListBucket",
          "s3:ListObjectsV2", "s3:ListBucket",
          "s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock");

  private IamAction() {}

  static String of(Call call) {
    String action = PREFIXES.getOrDefault(call.service(), call.service()) + ":" + call.operation();
    return ODD.getOrDefault(action, action);
  }
}
