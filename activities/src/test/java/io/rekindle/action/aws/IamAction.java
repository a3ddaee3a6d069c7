package io.rekindle.action.aws;

import io.rekindle.simulator.Call;
import java.util.Map;

/** The IAM action that permits a call. */
final class IamAction {
  private static final Map<String, String> PREFIXES =
      Map.of("monitoring", "cloudwatch", "tagging", "tag");
  private static final Map<String, String> ODD =
      Map.of(
          "lambda:Invoke", "lambda:InvokeFunction",
          "s3:HeadObject", "s3:GetObject",
          "s3:HeadBucket", "s3:ListBucket",
          "s3:ListObjectsV2", "s3:ListBucket",
          "s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock");

  private IamAction() {}

  /** The operation that changes something by this action. */
  static String operation(String action) {
    String operation = action.substring(action.indexOf(':') + 1);
    return operation.equals("InvokeFunction") ? "Invoke" : operation;
  }

  static String of(Call call) {
    String action = PREFIXES.getOrDefault(call.service(), call.service()) + ":" + call.operation();
    return ODD.getOrDefault(action, action);
  }
}
