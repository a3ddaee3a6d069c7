package io.rekindle.action.aws.secrets;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** The secret that the step writes: in a drill one of its own. */
record StoredSecret(Work<Secrets.SyncFromRds> work, String name) {
  private static final String CURRENT = "AWSCURRENT";

  /**
   * AWSPENDING belongs to rotation: whoever else uses it has it taken away, or keeps the rotation
   * from beginning. A version without any label is no longer listed.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html">
   *     Secret versions</a>
   */
  private static final String STAGED = "REKINDLE";

  private static final int PASSWORD_LENGTH = 30;

  static StoredSecret of(Work<Secrets.SyncFromRds> work) {
    String given = work.with().secret();
    return new StoredSecret(work, work.call().drill() ? work.call().names().of(given) : given);
  }

  private SecretsManagerClient client() {
    return work.client(SecretsManagerClient.class, SecretsManagerClient::builder);
  }

  /** The id of the version that this step makes: the same however often it is asked. */
  String version() {
    String key = work.call().key().of("password");
    return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
  }

  Optional<DescribeSecretResponse> find() {
    try {
      return Optional.of(client().describeSecret(request -> request.secretId(name)));
    } catch (ResourceNotFoundException none) {
      return Optional.empty();
    }
  }

  static Map<String, String> tags(DescribeSecretResponse secret) {
    return secret.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value));
  }

  /** The version that readers get; empty when there is none. */
  static String current(DescribeSecretResponse secret) {
    return secret.versionIdsToStages().entrySet().stream()
        .filter(version -> version.getValue().contains(CURRENT))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  boolean isStaged(DescribeSecretResponse secret) {
    return secret.versionIdsToStages().containsKey(version());
  }

  boolean isCurrent(DescribeSecretResponse secret) {
    return current(secret).equals(version());
  }

  /** The text that readers get of the secret in the plan, also in a drill; empty when none. */
  Optional<String> presentText() {
    try {
      return Optional.ofNullable(
          client()
              .getSecretValue(
                  request -> request.secretId(work.with().secret()).versionStage(CURRENT))
              .secretString());
    } catch (ResourceNotFoundException noSuchVersion) {
      return Optional.empty();
    }
  }

  String stagedText() {
    return client()
        .getSecretValue(request -> request.secretId(name).versionId(version()))
        .secretString();
  }

  /** Letters and digits only, no longer than every engine takes. */
  String newPassword() {
    return client()
        .getRandomPassword(
            request -> request.passwordLength((long) PASSWORD_LENGTH).excludePunctuation(true))
        .randomPassword();
  }

  void create(String text) {
    List<Tag> tags =
        work.ownership().tags().entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    try {
      client()
          .createSecret(request ->
              request.name(name).clientRequestToken(version()).secretString(text).tags(tags));
    } catch (ResourceExistsException whoeverMadeItIsFoundByTheNextLook) {
      return;
    }
  }

  void stage(String text) {
    try {
      client()
          .putSecretValue(request ->
              request
                  .secretId(name)
                  .clientRequestToken(version())
                  .versionStages(STAGED)
                  .secretString(text));
    } catch (ResourceExistsException anotherAttemptStagedItsPassword) {
      return;
    }
  }

  /** Only while readers still get what was seen: whoever has changed it since is not overruled. */
  void moveCurrent(String from, String to) {
    try {
      client()
          .updateSecretVersionStage(request ->
              request
                  .secretId(name)
                  .versionStage(CURRENT)
                  .removeFromVersionId(from.isEmpty() ? null : from)
                  .moveToVersionId(to));
    } catch (InvalidParameterException refused) {
      if (find().map(StoredSecret::current).filter(to::equals).isEmpty()) {
        throw refused;
      }
    }
  }

  void delete() {
    client().deleteSecret(request -> request.secretId(name).forceDeleteWithoutRecovery(true));
  }
}
