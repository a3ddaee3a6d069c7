package io.rekindle.plan.value;

import io.rekindle.plan.shape.Component.Text;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An object in a bucket, by the URL that AWS takes; with a version exactly that one. */
@Text(
    value =
        "an S3 URL such as https://templates.s3.us-west-2.amazonaws.com/app.yaml, with"
            + " ?versionId=… for exactly that version",
    example = "https://templates.s3.us-west-2.amazonaws.com/app.yaml?versionId=3HL4kqtJlcpXroDTDm",
    pattern = S3Url.FORM)
public record S3Url(String value) {
  static final String FORM =
      "^https://(?:([a-z0-9.-]+)\\.)?s3[.-](?:dualstack\\.)?(?:([a-z0-9-]+)\\.)?"
          + "amazonaws\\.com(?:\\.cn)?/([^?\\s]+)(?:\\?versionId=([^&\\s]+))?$";
  private static final Pattern PATTERN = Pattern.compile(FORM);
  private static final Pattern WRITTEN_OUT = Pattern.compile("\\{|\\s");

  public S3Url {
    if (WRITTEN_OUT.matcher(value.strip()).find()) {
      throw new IllegalArgumentException(
          "is a text, not the place of one: put it into a bucket of the recovery Region (aws s3 cp)"
              + " and write its URL, such as"
              + " https://templates.s3.us-west-2.amazonaws.com/app.yaml");
    }
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "is not an S3 URL such as https://templates.s3.us-west-2.amazonaws.com/app.yaml");
    }
  }

  private @Nullable String part(int number) {
    Matcher parts = PATTERN.matcher(value);
    return parts.matches() ? parts.group(number) : null;
  }

  /** Bucket and key, as ARNs name an object. */
  public String object() {
    String path = URI.create(value).getPath().substring(1);
    String bucket = part(1);
    return bucket == null ? path : bucket + "/" + path;
  }

  public String bucket() {
    return object().replaceFirst("/.*", "");
  }

  public String key() {
    return object().replaceFirst("[^/]*/", "");
  }

  /** The Region of the bucket; empty where the URL does not tell. */
  public Optional<String> region() {
    return Optional.ofNullable(part(2));
  }

  public Optional<String> version() {
    return Optional.ofNullable(part(4));
  }

  @Override
  public String toString() {
    return value;
  }
}
