package io.rekindle.action.aws.kms;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Kms;
import java.util.Optional;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DryRunOperationException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/**
 * The key of a step, as KMS shows it.
 *
 * @param found empty when there is none
 */
record SeenKey(Work<Kms.AssertUsable> work, Optional<KeyMetadata> found) {

  static SeenKey of(Work<Kms.AssertUsable> work) {
    return isOfThisRegion(work)
        ? new SeenKey(work, find(work))
        : new SeenKey(work, Optional.empty());
  }

  /**
   * KMS knows only the keys of its Region; a replica of a multi-Region key has an ARN of its own.
   */
  private static boolean isOfThisRegion(Work<Kms.AssertUsable> work) {
    return work.with().key().region().equals(work.call().region());
  }

  private static Optional<KeyMetadata> find(Work<Kms.AssertUsable> work) {
    try {
      String key = work.with().key().value();
      return Optional.of(kms(work).describeKey(request -> request.keyId(key)).keyMetadata());
    } catch (NotFoundException none) {
      return Optional.empty();
    }
  }

  private static KmsClient kms(Work<Kms.AssertUsable> work) {
    return work.client(KmsClient.class, KmsClient::builder);
  }

  String it() {
    return "the key %s in %s".formatted(work.with().key(), work.call().region());
  }

  /** In AWS's word. */
  String state() {
    return found.map(KeyMetadata::keyStateAsString).orElse("");
  }

  /** Why a person is needed, if one is. */
  Optional<String> lack() {
    if (!isOfThisRegion(work)) {
      return Optional.of(
          "%s belongs to another Region: name the key, or the replica of a multi-Region key, that is here"
              .formatted(it()));
    }
    if (found.isEmpty()) {
      return Optional.of(it() + " does not exist");
    }
    return found.get().keySpec() == KeySpec.SYMMETRIC_DEFAULT
        ? remedy().map(remedy -> "%s is '%s': %s, then retry".formatted(it(), state(), remedy))
        : Optional.of(
            "%s is of the sort %s, and data is encrypted under SYMMETRIC_DEFAULT keys only: name another"
                .formatted(it(), found.get().keySpecAsString()));
  }

  /**
   * What mends a state in which a key does not work; empty for the others.
   *
   * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html">Key states
   *     of AWS KMS keys</a>
   */
  private Optional<String> remedy() {
    return switch (found.orElseThrow().keyState()) {
      case DISABLED -> Optional.of("enable it (aws kms enable-key)");
      case PENDING_DELETION, PENDING_REPLICA_DELETION ->
          Optional.of("cancel its deletion (aws kms cancel-key-deletion) and enable it");
      case PENDING_IMPORT -> Optional.of("import its key material");
      case UNAVAILABLE -> Optional.of("connect its custom key store");
      case ENABLED, UPDATING, CREATING, UNKNOWN_TO_SDK_VERSION -> Optional.empty();
    };
  }

  /**
   * A key of several Regions works while another of them becomes the primary one.
   *
   * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-update.html">
   *     The Updating key state</a>
   */
  boolean isUsable() {
    return switch (found.orElseThrow().keyState()) {
      case ENABLED, UPDATING -> true;
      case CREATING,
          DISABLED,
          PENDING_DELETION,
          PENDING_IMPORT,
          PENDING_REPLICA_DELETION,
          UNAVAILABLE,
          UNKNOWN_TO_SDK_VERSION ->
          false;
    };
  }

  /**
   * Throws what KMS would refuse. A dry run that would succeed is refused too, with a code of its
   * own.
   *
   * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html">
   *     Testing your permissions</a>
   */
  void tryOut() {
    try {
      kms(work)
          .generateDataKeyWithoutPlaintext(request ->
              request.keyId(work.with().key().value()).keySpec(DataKeySpec.AES_256).dryRun(true));
    } catch (DryRunOperationException wouldSucceed) {
      return;
    }
  }
}
