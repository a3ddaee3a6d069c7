package io.rekindle.action.aws.ecr;

import io.rekindle.action.aws.Work;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** Whether the images that containers name can be pulled in the Region of a step. */
public record Images(Work<?> work) {

  /**
   * What was seen of an image.
   *
   * @param lacks whether its containers could not start
   */
  public record Seen(boolean lacks, String says) {}

  /**
   * An image as ECR knows it.
   *
   * @param account the owner of the registry
   */
  private record Name(String account, String region, String repository, ImageIdentifier image) {
    /** Endpoints of FIPS and of IPv6 have names of their own. */
    private static final Pattern FORM =
        Pattern.compile(
            "(\\d{12})\\.dkr[.-]ecr(?:-fips)?\\.([a-z0-9-]+)\\.[a-z.]+/([^:@]+)"
                + "(?::([^@]+))?(?:@(sha256:[0-9a-f]+))?");

    static Optional<Name> of(String image) {
      Matcher form = FORM.matcher(image);
      return form.matches()
          ? Optional.of(
              new Name(
                  form.group(1),
                  form.group(2),
                  form.group(3),
                  identifier(form.group(4), form.group(5))))
          : Optional.empty();
    }

    private static ImageIdentifier identifier(@Nullable String tag, @Nullable String digest) {
      return digest != null
          ? ImageIdentifier.builder().imageDigest(digest).build()
          : ImageIdentifier.builder().imageTag(tag == null ? "latest" : tag).build();
    }
  }

  /**
   * Looks for one in its registry.
   *
   * @param image as a container names it
   */
  public Seen look(String image) {
    String here = work.call().region();
    return Name.of(image)
        .map(name ->
            name.region().equals(here)
                ? looked(image, name)
                : new Seen(
                    true,
                    ("the image %s lies in %s, which may be down when it is needed: replicate its"
                            + " repository to %s, and let the container name that registry")
                        .formatted(image, name.region(), here)))
        .orElseGet(() ->
            new Seen(
                false, "the image %s lies outside ECR and is not looked for".formatted(image)));
  }

  private Seen looked(String image, Name name) {
    return find(name)
        .map(found -> new Seen(false, "the image %s is %s".formatted(image, found.imageDigest())))
        .orElseGet(() ->
            new Seen(
                true,
                "the image %s does not exist: push it, or replicate its repository to %s"
                    .formatted(image, name.region())));
  }

  private Optional<ImageDetail> find(Name name) {
    try {
      return work
          .client(EcrClient.class, EcrClient::builder)
          .describeImages(request ->
              request
                  .registryId(name.account())
                  .repositoryName(name.repository())
                  .imageIds(name.image()))
          .imageDetails()
          .stream()
          .findFirst();
    } catch (RepositoryNotFoundException | ImageNotFoundException none) {
      return Optional.empty();
    }
  }
}
