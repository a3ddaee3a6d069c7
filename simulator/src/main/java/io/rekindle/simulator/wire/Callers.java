package io.rekindle.simulator.wire;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose access keys are whose. A key of twelve digits is the account of that number, so that test
 * cases can share one simulator without seeing each other; a key that AssumeRole gave out belongs
 * to the account of its role; any other key belongs to the account of AWS's own examples.
 */
public final class Callers {
  public static final String EXAMPLE_ACCOUNT = "123456789012";
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
  private static final Pattern ROLE = Pattern.compile("arn:[^:]+:iam::(\\d{12}):role/.+");
  private static final Pattern KEY = Pattern.compile("<AccessKeyId>([^<]+)</AccessKeyId>");
  private static final Pattern SECRET =
      Pattern.compile("<SecretAccessKey>([^<]+)</SecretAccessKey>");
  private final Map<String, String> roles = new ConcurrentHashMap<>();
  private final Map<String, String> secrets = new ConcurrentHashMap<>();

  /** What a key that AssumeRole gave out signs with; empty for any other key. */
  public Optional<String> secret(String accessKey) {
    return Optional.ofNullable(secrets.get(accessKey));
  }

  /** The role that was assumed to get a key; empty when none was. */
  public String role(String accessKey) {
    return roles.getOrDefault(accessKey, "");
  }

  public String account(String accessKey) {
    Matcher role = ROLE.matcher(role(accessKey));
    if (role.matches()) {
      return role.group(1);
    }
    return ACCOUNT.matcher(accessKey).matches() ? accessKey : EXAMPLE_ACCOUNT;
  }

  /** A cloud whose answers to AssumeRole are remembered. */
  public Cloud watching(Cloud cloud) {
    return request -> {
      Reply reply = cloud.answer(request);
      if (request.is("sts", "AssumeRole") && reply.succeeded()) {
        Matcher key = KEY.matcher(reply.text());
        if (key.find()) {
          request.field("RoleArn").ifPresent(role -> roles.put(key.group(1), role));
          Matcher secret = SECRET.matcher(reply.text());
          if (secret.find()) {
            secrets.put(key.group(1), secret.group(1));
          }
        }
      }
      return reply;
    };
  }
}
