package io.rekindle.action.aws.cfn;

import io.rekindle.plan.step.compute.Cfn;
import io.rekindle.plan.value.S3Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The template of a stack before the step, as history holds it: a short one itself, for every call
 * carries it; of a longer one the digest, and where it is kept.
 *
 * @param template the text of a short one
 * @param templateDigest SHA-256 of one that is too long to be remembered
 * @param keptAt where the very same text was found
 */
record FormerTemplate(
    @Nullable String template, @Nullable String templateDigest, @Nullable String keptAt) {
  private static final FormerTemplate STAYS = new FormerTemplate(null, null, null);
  private static final int LONGEST = 4 * 1024;

  static FormerTemplate of(Stacks stacks) {
    Cfn.Deploy with = stacks.work().with();
    if (with.template() == null) {
      return STAYS;
    }
    String text =
        stacks
            .cfn()
            .getTemplate(
                request -> request.stackName(stacks.name()).templateStage(TemplateStage.ORIGINAL))
            .templateBody();
    if (text.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
      return new FormerTemplate(text, null, null);
    }
    boolean isKept =
        with.formerTemplate() != null
            && kept(stacks, with.formerTemplate())
                .map(String::strip)
                .equals(Optional.of(text.strip()));
    return new FormerTemplate(
        null, digest(text), isKept ? String.valueOf(with.formerTemplate()) : null);
  }

  /** What may not be read may not be deployed either. */
  private static Optional<String> kept(Stacks stacks, S3Url at) {
    S3Client s3 = stacks.work().client(S3Client.class, S3Client::builder);
    try {
      return Optional.of(
          s3.getObjectAsBytes(request ->
                  request.bucket(at.bucket()).key(at.key()).versionId(at.version().orElseThrow()))
              .asUtf8String());
    } catch (S3Exception refused) {
      if (refused.statusCode() >= 500) {
        throw refused;
      }
      return Optional.empty();
    }
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** Whether it is neither remembered nor kept. */
  boolean isLost() {
    return templateDigest != null && keptAt == null;
  }
}
